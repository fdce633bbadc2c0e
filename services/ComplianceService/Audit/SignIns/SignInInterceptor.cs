using Grpc.Core;
using Grpc.Core.Interceptors;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.ComplianceService.Audit.Chain;

namespace OrderTracking.ComplianceService.Audit.SignIns;

/// <summary>Records who signs in before a first call is answered, and names the caller for the records the call writes.</summary>
internal sealed class SignInInterceptor(RecordSignIns signIns) : Interceptor
{
    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        var seen = See(context);
        return seen.IsCompletedSuccessfully ? continuation(request, context) : AnswerWhenSeen();

        async Task<TResponse> AnswerWhenSeen()
        {
            await seen;
            return await continuation(request, context);
        }
    }

    public override async Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, ServerCallContext context, ClientStreamingServerMethod<TRequest, TResponse> continuation)
    {
        await See(context);
        return await continuation(requestStream, context);
    }

    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        await See(context);
        await continuation(request, responseStream, context);
    }

    public override async Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation)
    {
        await See(context);
        await continuation(requestStream, responseStream, context);
    }

    // Not async itself: what it names must stay named when it has returned.
    private Task See(ServerCallContext context)
    {
        var identity = context.GetHttpContext().User;
        if (identity.Identity is not { IsAuthenticated: true })
            return Task.CompletedTask;
        ActingIdentity.Set(identity.FindFirst(Actor.SubjectClaim)?.Value ?? "");
        return signIns.See(identity, context.Method);
    }
}
