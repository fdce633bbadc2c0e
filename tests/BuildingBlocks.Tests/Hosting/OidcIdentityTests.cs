using System.Collections.Frozen;
using System.Security.Claims;
using Microsoft.IdentityModel.JsonWebTokens;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.BuildingBlocks.Hosting.Identity;

namespace OrderTracking.BuildingBlocks.Tests.Hosting;

public sealed class OidcIdentityTests
{
    private static readonly OidcOptions Options = new()
    {
        ServiceOfClient = new Dictionary<string, string> { ["ot-shipments"] = "shipments" }.ToFrozenDictionary(),
    };

    [Theory]
    [InlineData("roles", """{"sub":"s","roles":["officer","counsel"]}""", "counsel officer")]
    [InlineData("roles", """{"sub":"s","roles":"officer"}""", "officer")]
    [InlineData("scope", """{"sub":"s","scope":"openid officer analyst"}""", "analyst officer")]
    [InlineData("realm_access.roles", """{"sub":"s","realm_access":{"roles":["auditor","offline_access"]}}""", "auditor")]
    [InlineData("resource_access.ordertracking.roles", """{"sub":"s","resource_access":{"ordertracking":{"roles":["caller"]},"account":{"roles":["officer"]}}}""", "caller")]
    [InlineData("https://id.example/roles", """{"sub":"s","https://id.example/roles":["operator"]}""", "operator")]
    [InlineData("realm_access.roles", """{"sub":"s","realm_access":{"roles":"officer analyst"}}""", "analyst officer")]
    [InlineData("realm_access.roles", """{"sub":"s","realm_access":{"roles":[["officer"],7,null]}}""", "")]
    [InlineData("realm_access.roles", """{"sub":"s","realm_access":"officer"}""", "")]
    [InlineData("realm_access.roles", """{"sub":"s"}""", "")]
    [InlineData("roles", """{"sub":"s","roles":["service","SERVICE","unspecified","Officer","officers"]}""", "")]
    public void Roles_are_where_the_provider_writes_them(string path, string payload, string expected)
    {
        var identity = OidcIdentity.Of(Token(payload), Options with { RolesClaim = path })!;
        Assert.Equal(expected, string.Join(' ', identity.FindAll(Actor.RolesClaim).Select(claim => claim.Value).Order(StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData("""{"sub":"x","azp":"ot-shipments"}""", "shipments:service")]
    [InlineData("""{"sub":"x","client_id":"ot-shipments","azp":"ot-shipments"}""", "shipments:service")]
    [InlineData("""{"sub":"x","appid":"ot-shipments","idtyp":"app"}""", "shipments:service")]
    [InlineData("""{"sub":"x","azp":"ot-shipments","roles":["officer"]}""", "shipments:service")]
    [InlineData("""{"sub":"x","azp":"ot-shipments","client_id":"other"}""", "x:")]
    [InlineData("""{"sub":"x","azp":"other","roles":["service"]}""", "x:")]
    [InlineData("""{"sub":"shipments","roles":["service","caller"]}""", "shipments:caller")]
    [InlineData("""{"sub":"x","azp":"ot-shipments","sid":"1","roles":["service","caller"]}""", "x:caller")]
    [InlineData("""{"sub":"x","azp":"ot-shipments","auth_time":1,"roles":["caller"]}""", "x:caller")]
    [InlineData("""{"sub":"x","azp":"ot-shipments","idtyp":"user"}""", "x:")]
    public void A_service_is_a_client_that_is_named_and_no_person_who_came_through_it(string payload, string expected)
    {
        var actor = Actor.Of(new ClaimsPrincipal(OidcIdentity.Of(Token(payload), Options)!));
        Assert.Equal(expected, $"{actor.Subject}:{string.Join(' ', actor.Roles)}");
    }

    [Theory]
    [InlineData("""{"roles":["officer"]}""")]
    [InlineData("""{"sub":" ","roles":["officer"]}""")]
    [InlineData("""{"sub":"x","at_hash":"h","roles":["officer"]}""")]
    [InlineData("""{"sub":"x","typ":"ID","roles":["officer"]}""")]
    [InlineData("""{"sub":"x","typ":"Refresh","roles":["officer"]}""")]
    public void A_token_that_names_nobody_or_is_for_something_else_speaks_for_nobody(string payload) =>
        Assert.Null(OidcIdentity.Of(Token(payload), Options));

    [Fact]
    public void The_subject_is_where_the_provider_writes_it()
    {
        var identity = OidcIdentity.Of(Token("""{"sub":"7f3","email":"olivia@example.com"}"""), Options with { SubjectClaim = "email" })!;
        Assert.Equal("olivia@example.com", Actor.Of(new ClaimsPrincipal(identity)).Subject);
    }

    // As the handler reads it: lists become several claims, and what is in braces stays JSON.
    private static ClaimsIdentity Token(string payload)
    {
        var token = new JsonWebToken("""{"alg":"none"}""", payload);
        return new ClaimsIdentity(token.Claims, "Bearer");
    }
}
