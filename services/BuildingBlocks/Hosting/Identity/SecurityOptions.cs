using Microsoft.Extensions.Configuration;

namespace OrderTracking.BuildingBlocks.Hosting.Identity;

/// <summary>How callers prove who they are, and how this process does.</summary>
public sealed record SecurityOptions
{
    /// <summary>Tokens minted on this machine, for the loopback only.</summary>
    public const string Development = "Development";

    /// <summary>Tokens of an OpenID provider.</summary>
    public const string OpenId = "Oidc";

    private const string ModeKey = "Security:Mode";
    private static readonly string[] EnvironmentKeys = ["ASPNETCORE_ENVIRONMENT", "DOTNET_ENVIRONMENT"];

    /// <summary>One of the two modes.</summary>
    public string Mode { get; init; } = Development;

    /// <summary>Whose tokens count, in the mode Oidc.</summary>
    public OidcOptions Oidc { get; init; } = new();

    /// <summary>The account this process calls other services with, in the mode Oidc.</summary>
    public ServiceAccountOptions Service { get; init; } = new();

    /// <summary>The environment, where it is said explicitly; blank: it is not said.</summary>
    public string Environment { get; init; } = "";

    /// <summary>True in the mode Oidc.</summary>
    public bool IsOidc => Mode == OpenId;

    /// <summary>Reads <c>Security:*</c>.</summary>
    public static SecurityOptions From(IConfiguration configuration) => new()
    {
        Mode = configuration[ModeKey] ?? Development,
        Oidc = OidcOptions.From(configuration),
        Service = ServiceAccountOptions.From(configuration),
        Environment = EnvironmentKeys.Select(key => configuration[key]).FirstOrDefault(value => !string.IsNullOrEmpty(value)) ?? "",
    };

    internal void Check(ICollection<string> errors)
    {
        switch (Mode)
        {
            case OpenId:
                Oidc.Check(errors);
                Service.Check(errors);
                break;
            case Development:
                CheckDevelopment(errors);
                break;
            default:
                errors.Add($"{ModeKey} is '{Mode}'; allowed are '{Development}' and '{OpenId}'.");
                break;
        }
    }

    // Whoever names a provider or says Production has forgotten the mode; the default must not stand in for what he meant.
    private void CheckDevelopment(ICollection<string> errors)
    {
        if (Oidc.Authority.Length > 0)
            errors.Add($"{OidcOptions.AuthorityKey} is '{Oidc.Authority}' while {ModeKey} is '{Development}'; allowed with '{OpenId}' only.");
        if (Service.ClientId.Length > 0)
            errors.Add($"{ServiceAccountOptions.ClientIdKey} is '{Service.ClientId}' while {ModeKey} is '{Development}'; allowed with '{OpenId}' only.");
        if (string.Equals(Environment, "Production", StringComparison.OrdinalIgnoreCase))
            errors.Add($"{ModeKey} is '{Development}' while {EnvironmentKeys[0]} says '{Environment}'; allowed there is '{OpenId}'.");
    }
}
