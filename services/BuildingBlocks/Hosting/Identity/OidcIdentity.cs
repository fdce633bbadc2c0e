using System.Collections.Frozen;
using System.Security.Claims;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.Types.V1;

namespace OrderTracking.BuildingBlocks.Hosting.Identity;

/// <summary>
/// Who a provider's token speaks for. The role <c>service</c> is never a claim: it belongs to the clients the configuration names, and
/// to nobody who signs in through them.
/// </summary>
internal static class OidcIdentity
{
    public const string ServiceRole = "service";
    private static readonly string[] ClientClaims = [JwtRegisteredClaimNames.Azp, "client_id", "appid", "cid"];

    // What a provider writes into a token because a person signed in.
    private static readonly string[] PersonClaims = ["sid", "session_state", "auth_time", "nonce"];
    private static readonly string[] KeptClaims = [JwtRegisteredClaimNames.Jti, JwtRegisteredClaimNames.Iat, JwtRegisteredClaimNames.Exp];

    private static readonly FrozenSet<string> PersonRoles = Enum.GetValues<Role>()
        .Select(role => role.ToString().ToLowerInvariant())
        .Where(role => role is not ("unspecified" or ServiceRole))
        .ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The identity with the subject and the roles where this system looks for them; null: the token speaks for nobody.</summary>
    /// <param name="token">A token that is valid already.</param>
    public static ClaimsIdentity? Of(ClaimsIdentity token, OidcOptions options)
    {
        if (IsIdToken(token))
            return null;
        var service = ServiceOf(token, options);
        var subject = service ?? token.FindFirst(options.SubjectClaim)?.Value;
        if (string.IsNullOrWhiteSpace(subject))
            return null;
        IEnumerable<string> roles = service is null ? RolesOf(token, options.RolesClaim).Where(PersonRoles.Contains) : [ServiceRole];
        var claims = roles.Distinct(StringComparer.Ordinal).Select(role => new Claim(Actor.RolesClaim, role))
            .Append(new Claim(Actor.SubjectClaim, subject))
            .Concat(token.Claims.Where(claim => KeptClaims.Contains(claim.Type, StringComparer.Ordinal)).Select(claim => new Claim(claim.Type, claim.Value)));
        return new ClaimsIdentity(claims, token.AuthenticationType, Actor.SubjectClaim, Actor.RolesClaim);
    }

    /// <summary>The values of a claim: one each, separated by blanks, a JSON list, or inside JSON by a path with dots.</summary>
    public static IEnumerable<string> RolesOf(ClaimsIdentity token, string path)
    {
        // By its whole name first: names of claims may have dots themselves, such as addresses do.
        var named = token.FindAll(path).ToList();
        if (named.Count > 0)
            return named.SelectMany(claim => claim.ValueType == JsonClaimValueTypes.JsonArray ? Listed(claim.Value, []) : Words(claim.Value));
        var steps = path.Split('.');
        return token.FindAll(steps[0]).SelectMany(claim => Listed(claim.Value, steps[1..]));
    }

    private static string? ServiceOf(ClaimsIdentity token, OidcOptions options)
    {
        var clients = ClientClaims.SelectMany(token.FindAll).Select(claim => claim.Value).Distinct(StringComparer.Ordinal).ToList();
        var person = PersonClaims.Any(claim => token.HasClaim(one => one.Type == claim))
            || token.HasClaim(claim => claim.Type == "idtyp" && claim.Value != "app");
        return clients is [var client] && !person ? options.ServiceOfClient.GetValueOrDefault(client) : null;
    }

    // It tells a client who signed in; it is no key to anything. Some providers name the kind, others bind it to its access token.
    private static bool IsIdToken(ClaimsIdentity token) =>
        token.HasClaim(claim => claim.Type == JwtRegisteredClaimNames.AtHash)
        || token.HasClaim(claim => claim.Type == JwtRegisteredClaimNames.Typ && claim.Value is "ID" or "Refresh" or "Logout");

    private static string[] Listed(string json, string[] steps)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var at = document.RootElement;
            foreach (var step in steps)
            {
                if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(step, out at))
                    return [];
            }

            return at.ValueKind switch
            {
                JsonValueKind.String => Words(at.GetString()!),
                JsonValueKind.Array => [.. at.EnumerateArray().Where(one => one.ValueKind == JsonValueKind.String).Select(one => one.GetString()!)],
                _ => [],
            };
        }
        // A claim that is no JSON has nothing inside.
        catch (JsonException)
        {
            return [];
        }
    }

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
