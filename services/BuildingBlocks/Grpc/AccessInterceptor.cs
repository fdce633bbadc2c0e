using Grpc.Core;
using Grpc.Core.Interceptors;

namespace OrderTracking.BuildingBlocks.Grpc;

/// <summary>Lets a call through when its identity has one of the roles the method's <c>access</c> option lists, and no other.</summary>
internal sealed class AccessInterceptor(AccessTable table) : Interceptor
{
    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        Require(context);
        return continuation(request, context);
    }

    public override Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requests, ServerCallContext context, ClientStreamingServerMethod<TRequest, TResponse> continuation)
    {
        Require(context);
        return continuation(requests, context);
    }

    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request,
        IServerStreamWriter<TResponse> responses,
        ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        Require(context);
        return continuation(request, responses, context);
    }

    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requests,
        IServerStreamWriter<TResponse> responses,
        ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation)
    {
        Require(context);
        return continuation(requests, responses, context);
    }

    /// <summary>What a caller without a valid token is told.</summary>
    public static Refusal NoToken() =>
        new(BuildingReasons.TokenMissingOrInvalid, "The call carries no valid token; send 'authorization: Bearer <token>'.");

    private void Require(ServerCallContext context)
    {
        if (AccessTable.IsOpen(context.Method))
            return;
        var user = context.GetHttpContext().User;
        if (user.Identity is not { IsAuthenticated: true })
            throw NoToken();
        // Kept with everything that is done in its name, so it has an end.
        if (Actor.Of(user).Subject.Length > Actor.SubjectCharactersMax)
            throw new Refusal(
                BuildingReasons.TokenMissingOrInvalid, $"The token's subject is longer than {Actor.SubjectCharactersMax} characters.");
        var allowed = table.RolesOf(context.Method);
        if (user.HasClaim(claim => claim.Type == Actor.RolesClaim && allowed.Contains(claim.Value)))
            return;
        throw new Refusal(BuildingReasons.RoleNotAllowed, "None of the caller's roles may call this method.")
        {
            Metadata = new Dictionary<string, string>
            {
                ["method"] = context.Method,
                ["allowed_roles"] = string.Join(',', allowed.Order(StringComparer.Ordinal)),
            },
        };
    }
}
