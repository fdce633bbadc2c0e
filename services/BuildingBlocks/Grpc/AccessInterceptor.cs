using Grpc.Core;
using Grpc.Core.Interceptors;

namespace OrderTracking.BuildingBlocks.Grpc;

/// <summary>Lets a call through when its identity has one of the roles the method's <c>access</c> option lists, and no other.</summary>
internal sealed class AccessInterceptor(AccessTable table, IEnumerable<IRefusedCalls> memories) : Interceptor
{
    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation) =>
        RefusalOf(context) is { } refusal ? Refuse<TResponse>(refusal, request, context) : continuation(request, context);

    public override Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requests, ServerCallContext context, ClientStreamingServerMethod<TRequest, TResponse> continuation) =>
        RefusalOf(context) is { } refusal ? Refuse<TResponse>(refusal, null, context) : continuation(requests, context);

    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request,
        IServerStreamWriter<TResponse> responses,
        ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation) =>
        RefusalOf(context) is { } refusal ? Refuse<TResponse>(refusal, request, context) : continuation(request, responses, context);

    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requests,
        IServerStreamWriter<TResponse> responses,
        ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation) =>
        RefusalOf(context) is { } refusal ? Refuse<TResponse>(refusal, null, context) : continuation(requests, responses, context);

    /// <summary>What a caller without a valid token is told.</summary>
    public static Refusal NoToken() =>
        new(BuildingReasons.TokenMissingOrInvalid, "The call carries no valid token; send 'authorization: Bearer <token>'.");

    private async Task<TResponse> Refuse<TResponse>(Refusal refusal, object? request, ServerCallContext context)
    {
        // Strangers are nobody: what they try is counted, not remembered, or they could fill the store.
        if (refusal.Reason == BuildingReasons.RoleNotAllowed)
        {
            foreach (var memory in memories)
                await memory.Remember(request, refusal, context);
        }

        throw refusal;
    }

    private Refusal? RefusalOf(ServerCallContext context)
    {
        if (AccessTable.IsOpen(context.Method))
            return null;
        var user = context.GetHttpContext().User;
        if (user.Identity is not { IsAuthenticated: true })
            return NoToken();
        var caller = KnownCaller.Of(user);
        // Kept with everything that is done in its name, so it has an end.
        if (caller.Actor.Subject.Length > Actor.SubjectCharactersMax)
        {
            return new Refusal(
                BuildingReasons.TokenMissingOrInvalid, $"The token's subject is longer than {Actor.SubjectCharactersMax} characters.");
        }

        var allowed = table.RolesOf(context.Method);
        if (caller.HasAnyOf(allowed))
            return null;
        return new Refusal(BuildingReasons.RoleNotAllowed, "None of the caller's roles may call this method.")
        {
            Metadata = new Dictionary<string, string>
            {
                ["method"] = context.Method,
                ["allowed_roles"] = string.Join(',', allowed.Order(StringComparer.Ordinal)),
            },
        };
    }
}
