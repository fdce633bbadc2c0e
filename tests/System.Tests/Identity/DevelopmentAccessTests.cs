using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.BuildingBlocks.Hosting;
using OrderTracking.Host;
using OrderTracking.SystemTests.Access;
using OrderTracking.TestKit;
using Xunit;

namespace OrderTracking.SystemTests.Identity;

/// <summary>The matrix where callers show tokens minted on this machine.</summary>
public sealed class DevelopmentAccessTests(DevelopmentAccessTests.System system) : AccessMatrix, IClassFixture<DevelopmentAccessTests.System>
{
    protected override IReadOnlyList<Stranger> Strangers()
    {
        var good = new SigningCredentials(Key(), SecurityAlgorithms.HmacSha256);
        var hour = TimeSpan.FromHours(1);
        return
        [
            new("nobody", null),
            new("nonsense", "nonsense"),
            new("another audience", Mint(good, -hour, hour, audience: "somebody-else")),
            new("expired", Mint(good, -2 * hour, -hour)),
            new("not yet valid", Mint(good, hour, 2 * hour)),
            new("another issuer", Mint(good, -hour, hour, issuer: "elsewhere")),
            new("another key", Mint(new SigningCredentials(new SymmetricSecurityKey(RandomNumberGenerator.GetBytes(32)), SecurityAlgorithms.HmacSha256), -hour, hour)),
            new("signed otherwise", Mint(new SigningCredentials(new RsaSecurityKey(RSA.Create(2048)), SecurityAlgorithms.RsaSha256), -hour, hour)),
            new("not signed", Mint(null, -hour, hour)),
        ];
    }

    protected override IReadOnlyList<Stranger> WithoutRole()
    {
        var tokens = new DevelopmentTokens(system.Host.DataDirectory);
        return
        [
            new("no roles", tokens.Mint("somebody", [], TimeSpan.FromHours(1))),
            new("roles of other systems", tokens.Mint("somebody", ["admin", "Officer", "unspecified"], TimeSpan.FromHours(1))),
        ];
    }

    protected override Person As(string role) => system.Host.As($"someone-{role}", role);

    protected override Person With(string? token) => new("somebody", token, system.Host.Channel);

    private static string Mint(
        SigningCredentials? signing, TimeSpan from, TimeSpan until, string audience = DevelopmentTokens.Audience, string issuer = DevelopmentTokens.Issuer)
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var roles = RoleMatrix.Roles.Select(role => new Claim(Actor.RolesClaim, role));
        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer,
            Audience = audience,
            IssuedAt = now,
            NotBefore = now + from,
            Expires = now + until,
            Subject = new ClaimsIdentity([.. roles, new Claim(Actor.SubjectClaim, "mallory")]),
            SigningCredentials = signing,
        });
    }

    private SymmetricSecurityKey Key() => new(File.ReadAllBytes(Assert.Single(Directory.GetFiles(system.Host.DataDirectory, "development-token.key"))));

    public sealed class System : IAsyncLifetime
    {
        public RunningHost Host { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Host = await RunningHost.Start(settings: "--Grpc:Limits:AnonymousCallsPerSecondMax=5000");

        public ValueTask DisposeAsync() => Host.DisposeAsync();
    }
}
