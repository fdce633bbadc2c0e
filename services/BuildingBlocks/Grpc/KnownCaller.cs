using System.Security.Claims;

namespace OrderTracking.BuildingBlocks.Grpc;

/// <summary>An identity whose claims were read once, for as many calls as it makes while its token is remembered.</summary>
internal sealed class KnownCaller : ClaimsPrincipal
{
    private readonly string[] _roles;

    public KnownCaller(ClaimsPrincipal identity)
        : base(identity)
    {
        Actor = Actor.Read(identity);
        _roles = [.. Actor.Roles];
    }

    public Actor Actor { get; }

    public bool HasRole(string role) => Array.IndexOf(_roles, role) >= 0;

    public bool HasAnyOf(IReadOnlySet<string> roles)
    {
        foreach (var role in _roles)
            if (roles.Contains(role))
                return true;
        return false;
    }

    /// <summary>An identity with its claims read, now or before.</summary>
    public static KnownCaller Of(ClaimsPrincipal identity) => identity as KnownCaller ?? new KnownCaller(identity);
}
