using Microsoft.AspNetCore.Routing;
using Grpc.AspNetCore.Server;
using Microsoft.Extensions.DependencyInjection;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.Host;
using OrderTracking.SystemTests.Access;
using OrderTracking.SystemTests.Contracts;
using OrderTracking.TestIssuer;
using Xunit;

namespace OrderTracking.SystemTests.Identity;

/// <summary>The matrix where callers show tokens of an OpenID provider.</summary>
public sealed class OidcAccessTests(OidcSystem system) : AccessMatrix, IClassFixture<OidcSystem>
{
    private const string ServiceRole = "service";
    private static readonly string[] AllRoles = [.. RoleMatrix.Roles];

    protected override IReadOnlyList<Stranger> Strangers() =>
    [
        new("nobody", null),
        new("nonsense", "nonsense"),
        Bad("another audience", good => good with { Audience = "somebody-else" }),
        Bad("expired", good => good with { ValidFrom = TimeSpan.FromHours(-2), ValidUntil = TimeSpan.FromHours(-1) }),
        Bad("expired beyond the skew", good => good with { ValidFrom = TimeSpan.FromHours(-2), ValidUntil = TimeSpan.FromSeconds(-40) }),
        Bad("not yet valid", good => good with { ValidFrom = TimeSpan.FromHours(1), ValidUntil = TimeSpan.FromHours(2) }),
        Bad("without an end", good => good with { ValidUntil = null }),
        Bad("another issuer", good => good with { Issuer = "http://127.0.0.1:9/elsewhere" }),
        Bad("another key under the known key's id", good => good with { Signing = Signing.WrongKey }),
        Bad("a key nobody published", good => good with { Signing = Signing.UnknownKey }),
        Bad("not signed", good => good with { Signing = Signing.None }),
        Bad("signed with the public key as a secret", good => good with { Signing = Signing.PublicKeyAsSecret }),
        Bad("changed by a letter", good => good with { Signing = Signing.Tampered }),
        Bad("without a subject", good => good with { Subject = null }),
        Bad("an id token", good => good with { Claims = new Dictionary<string, object> { ["at_hash"] = "x" } }),
    ];

    protected override IReadOnlyList<Stranger> WithoutRole() =>
    [
        new("no roles", system.Issuer.Mint("somebody")),
        new("roles of other systems", system.Issuer.Mint("somebody", "admin", "Officer", "offline_access", "unspecified")),
        new("a person who says service", system.Issuer.Mint("shipments", ServiceRole)),
        new("a person by the client of a service", system.Issuer.Mint(new TokenSketch
        {
            Subject = "mallory", Client = OidcSystem.Client, Roles = [ServiceRole], Claims = new Dictionary<string, object> { ["sid"] = "1" },
        })),
        new("a client that is no service's", system.Issuer.Mint(new TokenSketch { Client = "batch-job", Roles = [ServiceRole] })),
    ];

    protected override Person As(string role) => role == ServiceRole
        ? system.With(new TokenSketch { Client = OidcSystem.Client })
        : system.As($"someone-{role}", role);

    protected override Person With(string? token) => system.With(token);

    [Fact]
    public void Only_health_and_reflection_are_open()
    {
        // Probes have no identity, and reflection tells what the published protos tell.
        var sources = system.Host.Services.GetRequiredService<IEnumerable<EndpointDataSource>>();
        var served = sources.SelectMany(source => source.Endpoints)
            .Select(endpoint => endpoint.Metadata.GetMetadata<GrpcMethodMetadata>()?.Method.ServiceName)
            .OfType<string>()
            .Distinct();
        var known = ProtoContract.Served.Select(method => method.Service.FullName).Distinct();
        Assert.Equal(
            ["grpc.health.v1.Health", "grpc.reflection.v1.ServerReflection", "grpc.reflection.v1alpha.ServerReflection"],
            served.Except(known).Order(StringComparer.Ordinal));
        Assert.All(known, service => Assert.False(AccessTable.IsOpen($"/{service}/Any")));
    }

    private Stranger Bad(string name, Func<TokenSketch, TokenSketch> spoil) =>
        new(name, system.Issuer.Mint(spoil(new TokenSketch { Roles = AllRoles })));
}
