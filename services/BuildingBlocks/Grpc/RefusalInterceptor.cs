using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.Logging;

namespace OrderTracking.BuildingBlocks.Grpc;

/// <summary>The only place that makes an error answer: every failure of every kind of call leaves through here.</summary>
internal sealed class RefusalInterceptor(ILogger<RefusalInterceptor> logger) : Interceptor
{
    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        BareStatus.MarkRead(context);
        try
        {
            RequestSize.Require(request);
            var answer = continuation(request, context);
            return answer.IsCompletedSuccessfully ? answer : Answered(answer, context);
        }
        catch (Exception error)
        {
            throw RefusalStatus.Of(error, context, logger);
        }
    }

    public override async Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requests, ServerCallContext context, ClientStreamingServerMethod<TRequest, TResponse> continuation)
    {
        BareStatus.MarkRead(context);
        try
        {
            return await continuation(Guarded(requests, context), context);
        }
        catch (Exception error)
        {
            throw RefusalStatus.Of(error, context, logger);
        }
    }

    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request,
        IServerStreamWriter<TResponse> responses,
        ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation) =>
        Guard(
            () =>
            {
                RequestSize.Require(request);
                return continuation(request, responses, context);
            },
            context);

    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requests,
        IServerStreamWriter<TResponse> responses,
        ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation) =>
        Guard(() => continuation(Guarded(requests, context), responses, context), context);

    private static GuardedReader<T> Guarded<T>(IAsyncStreamReader<T> requests, ServerCallContext context) =>
        new(requests, context.CancellationToken);

    private async Task<TResponse> Answered<TResponse>(Task<TResponse> answer, ServerCallContext context)
    {
        try
        {
            return await answer;
        }
        catch (Exception error)
        {
            throw RefusalStatus.Of(error, context, logger);
        }
    }

    private async Task Guard(Func<Task> call, ServerCallContext context)
    {
        BareStatus.MarkRead(context);
        try
        {
            await call();
        }
        catch (Exception error)
        {
            throw RefusalStatus.Of(error, context, logger);
        }
    }
}
