using System.Collections.Frozen;
using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace OrderTracking.BuildingBlocks.Hosting.Identity;

/// <summary>Whose tokens count, whom they are for, and where in them the subject and the roles are.</summary>
public sealed record OidcOptions
{
    internal const string AuthorityKey = Section + "Authority";
    private const string Section = "Security:Oidc:";
    private const string AudienceKey = Section + "Audience";
    private const string RequireHttpsKey = Section + "RequireHttps";
    private const string RefreshKey = Section + "RefreshSeconds";
    private const string ClientsKey = Section + "ServiceClients";
    private const int RefreshSecondsMax = 3_600;

    /// <summary>The provider's address; its metadata is below <c>.well-known/openid-configuration</c>.</summary>
    public string Authority { get; init; } = "";

    /// <summary>Whom a token must be for.</summary>
    public string Audience { get; init; } = "";

    /// <summary>Who must have issued a token; blank: the authority.</summary>
    public string Issuer { get; init; } = "";

    /// <summary>The claim that lists the roles: its name, or a path through JSON such as <c>realm_access.roles</c>.</summary>
    public string RolesClaim { get; init; } = "roles";

    /// <summary>The claim that names the person. Its values must never pass from one person to another.</summary>
    public string SubjectClaim { get; init; } = "sub";

    /// <summary>False: the provider may be asked without encryption, where that is safe.</summary>
    public bool RequireHttps { get; init; } = true;

    /// <summary>The shortest time between two looks for a key that is not known.</summary>
    public TimeSpan Refresh { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Which client of the provider is which service: the service's name by the client's id.</summary>
    public IReadOnlyDictionary<string, string> ServiceOfClient { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>What could not be read, one sentence each.</summary>
    internal IReadOnlyList<string> Unreadable { get; private init; } = [];

    internal string ExpectedIssuer => Issuer.Length > 0 ? Issuer : Authority;

    internal string MetadataAddress => Authority.TrimEnd('/') + "/.well-known/openid-configuration";

    internal static OidcOptions From(IConfiguration configuration)
    {
        var unreadable = new List<string>();
        var defaults = new OidcOptions();
        var clients = configuration.GetSection(ClientsKey).GetChildren().Where(entry => !string.IsNullOrWhiteSpace(entry.Value)).ToList();
        foreach (var twice in clients.GroupBy(entry => entry.Value!, StringComparer.Ordinal).Where(group => group.Count() > 1))
            unreadable.Add($"{ClientsKey} names the client '{twice.Key}' for {string.Join(" and ", twice.Select(entry => entry.Key))}; allowed is one service a client.");
        return new OidcOptions
        {
            Authority = configuration[AuthorityKey] ?? "",
            Audience = configuration[AudienceKey] ?? "",
            Issuer = configuration[Section + "Issuer"] ?? "",
            RolesClaim = configuration[Section + "RolesClaim"] is { Length: > 0 } roles ? roles : defaults.RolesClaim,
            SubjectClaim = configuration[Section + "SubjectClaim"] is { Length: > 0 } subject ? subject : defaults.SubjectClaim,
            RequireHttps = Setting.Flag(configuration, RequireHttpsKey, defaults.RequireHttps, unreadable),
            Refresh = RefreshOf(configuration[RefreshKey], unreadable) ?? defaults.Refresh,
            ServiceOfClient = clients.DistinctBy(entry => entry.Value).ToFrozenDictionary(entry => entry.Value!, entry => entry.Key, StringComparer.Ordinal),
            Unreadable = unreadable,
        };
    }

    internal void Check(ICollection<string> errors)
    {
        foreach (var error in Unreadable)
            errors.Add(error);
        if (!Uri.TryCreate(Authority, UriKind.Absolute, out var authority) || authority.Scheme is not ("https" or "http")
            || authority.Query.Length > 0 || authority.Fragment.Length > 0)
        {
            errors.Add($"{AuthorityKey} is '{Authority}'; allowed is the https address of an OpenID provider.");
        }
        else if (authority.Scheme == "http" && RequireHttps)
        {
            errors.Add($"{AuthorityKey} is '{Authority}'; allowed is https, or http with {RequireHttpsKey}=false.");
        }

        if (string.IsNullOrWhiteSpace(Audience))
            errors.Add($"{AudienceKey} is '{Audience}'; allowed is the audience the provider puts into tokens for this system.");
        if (ServiceOfClient.Count == 0)
            errors.Add($"{ClientsKey} is ''; allowed is at least one entry {ClientsKey}:SERVICE=CLIENT-ID, because nobody else has the role service.");
    }

    /// <summary>True where the provider is asked over the network without encryption.</summary>
    internal bool IsCleartextOffLoopback =>
        Uri.TryCreate(Authority, UriKind.Absolute, out var authority) && authority.Scheme == "http" && !authority.IsLoopback;

    private static TimeSpan? RefreshOf(string? text, List<string> unreadable)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 1 and <= RefreshSecondsMax)
            return TimeSpan.FromSeconds(seconds);
        unreadable.Add($"{RefreshKey} is '{text}'; allowed is 1 to {RefreshSecondsMax}.");
        return null;
    }
}
