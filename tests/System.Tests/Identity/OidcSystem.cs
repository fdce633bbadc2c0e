using OrderTracking.Host;
using OrderTracking.TestIssuer;
using OrderTracking.TestKit;
using Xunit;

namespace OrderTracking.SystemTests.Identity;

/// <summary>A running system that trusts an issuer of the tests.</summary>
public sealed class OidcSystem : IAsyncLifetime
{
    /// <summary>The account the system's own calls are made with; its secret has what must be encoded.</summary>
    public const string Client = "ordertracking-host";

    public const string Secret = "s3cret: 100%+more";

    public Issuer Issuer { get; private set; } = null!;

    public RunningHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Issuer = await NewIssuer();
        Host = await RunningHost.Start(settings: Settings(Issuer));
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Issuer.DisposeAsync();
    }

    public static async Task<Issuer> NewIssuer()
    {
        var issuer = await Issuer.Start();
        issuer.Clients[Client] = Secret;
        return issuer;
    }

    /// <summary>The command line of a host that trusts an issuer.</summary>
    public static string[] Settings(Issuer issuer, params string[] more) =>
    [
        "--Security:Mode=Oidc", $"--Security:Oidc:Authority={issuer.Authority}", $"--Security:Oidc:Audience={issuer.Audience}",
        "--Security:Oidc:RequireHttps=false", "--Security:Oidc:RolesClaim=realm_access.roles", "--Security:Oidc:RefreshSeconds=1",
        $"--Security:Oidc:ServiceClients:host={Client}", $"--Security:Service:ClientId={Client}", $"--Security:Service:ClientSecret={Secret}",
        "--Grpc:Limits:AnonymousCallsPerSecondMax=5000", .. more,
    ];

    /// <summary>Calls with a token as it is.</summary>
    public Person With(string? token) => new("somebody", token, Host.Channel);

    /// <summary>Calls with a good token, except for what is sketched.</summary>
    public Person With(TokenSketch sketch) => With(Issuer.Mint(sketch));

    public Person As(string subject, params string[] roles) => With(Issuer.Mint(subject, roles));
}
