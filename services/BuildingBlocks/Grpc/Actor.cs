using System.Security.Claims;
using Grpc.Core;

namespace OrderTracking.BuildingBlocks.Grpc;

/// <summary>Who calls, taken from the call's identity and never from the request.</summary>
/// <param name="Subject">The subject of the token.</param>
/// <param name="Roles">Its roles in lower case, such as <c>officer</c>.</param>
public sealed record Actor(string Subject, IReadOnlySet<string> Roles)
{
    /// <summary>The claim that names the subject.</summary>
    public const string SubjectClaim = "sub";

    /// <summary>Characters of a subject; a token with a longer one is none of ours.</summary>
    public const int SubjectCharactersMax = 256;

    /// <summary>The claim that lists the roles.</summary>
    public const string RolesClaim = "roles";

    /// <summary>The actor of an authenticated identity.</summary>
    public static Actor Of(ClaimsPrincipal identity) => identity is KnownCaller known ? known.Actor : Read(identity);

    internal static Actor Read(ClaimsPrincipal identity) => new(
        identity.FindFirst(SubjectClaim)?.Value ?? "",
        identity.FindAll(RolesClaim).Select(claim => claim.Value).ToHashSet(StringComparer.Ordinal));
}

/// <summary>Reads the actor of a call.</summary>
public static class CallActor
{
    /// <summary>The actor of this call. Every method that is reached has one, except health and reflection.</summary>
    public static Actor Actor(this ServerCallContext context) => OrderTracking.BuildingBlocks.Grpc.Actor.Of(context.GetHttpContext().User);
}
