namespace OrderTracking.TestIssuer;

/// <summary>A token as a test wants it: a good one unless told otherwise.</summary>
public sealed record TokenSketch
{
    /// <summary>Whom it names.</summary>
    public string? Subject { get; init; } = "somebody";

    /// <summary>Written as <c>roles</c> and as <c>realm_access.roles</c>, as Keycloak does.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>Null: the issuer's own.</summary>
    public string? Audience { get; init; }

    /// <summary>Null: the issuer's own.</summary>
    public string? Issuer { get; init; }

    /// <summary>The client it was given to (<c>azp</c>); null: none is named.</summary>
    public string? Client { get; init; } = "console";

    /// <summary>From when it is valid, counted from now.</summary>
    public TimeSpan ValidFrom { get; init; } = TimeSpan.FromMinutes(-1);

    /// <summary>Until when it is valid, counted from now; null: it does not say.</summary>
    public TimeSpan? ValidUntil { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How it is signed.</summary>
    public Signing Signing { get; init; } = Signing.Key;

    /// <summary>Further claims; they win over the others.</summary>
    public IReadOnlyDictionary<string, object> Claims { get; init; } = new Dictionary<string, object>();
}

/// <summary>How a token is signed.</summary>
public enum Signing
{
    /// <summary>With the issuer's key.</summary>
    Key,

    /// <summary>With a key of somebody else who claims the issuer's key id.</summary>
    WrongKey,

    /// <summary>With a key nobody has published.</summary>
    UnknownKey,

    /// <summary>Not at all: the algorithm is <c>none</c>.</summary>
    None,

    /// <summary>HS256, with the issuer's public key as the shared secret.</summary>
    PublicKeyAsSecret,

    /// <summary>With the issuer's key, and then changed by one letter.</summary>
    Tampered,

    /// <summary>With the issuer's elliptic key.</summary>
    EllipticKey,
}
