using System.Collections.Concurrent;
using System.Security.Claims;
using OrderTracking.AuditTrail;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.ComplianceService.Audit.Chain;

namespace OrderTracking.ComplianceService.Audit.SignIns;

/// <summary>Records the first call of each token of a person: one entry a token, whoever serves the call.</summary>
internal sealed class RecordSignIns(ComplianceDb db, TimeProvider clock)
{
    private const int TokensRememberedMax = 100_000;
    private const int TokenCharactersMax = 200;
    private const string TokenIdClaim = "jti";
    private const string IssuedAtClaim = "iat";
    private const string ExpiresClaim = "exp";
    private static readonly string[] StaffRoles = ["analyst", "officer", "counsel", "operator", "auditor"];

    private const string SelectKnown = "select count(*) from audit_chain where kind = 'SIGN_IN' and subject = @subject";

    private readonly ConcurrentDictionary<string, bool> _seen = new(StringComparer.Ordinal);

    /// <summary>Returns once the sign-in is on disk; at once where the token was seen before or is no person's.</summary>
    public Task See(ClaimsPrincipal identity, string method)
    {
        var staff = identity.HasClaim(claim => claim.Type == Actor.RolesClaim && StaffRoles.Contains(claim.Value, StringComparer.Ordinal));
        if (!staff)
            return Task.CompletedTask;
        var token = TokenOf(identity);
        return _seen.ContainsKey(token) ? Task.CompletedTask : Record(token, Actor.Of(identity), method);
    }

    private async Task Record(string token, Actor actor, string method)
    {
        // Not cancelled with the call: whoever hangs up has signed in.
        await db.Write(tx => Append(tx, token, actor, method), CancellationToken.None);
        // What is forgotten is found again in the chain.
        if (_seen.Count >= TokensRememberedMax)
            _seen.Clear();
        _seen[token] = true;
    }

    private async Task Append(Tx tx, string token, Actor actor, string method)
    {
        var subject = $"tokens/{token}";
        if (await tx.Scalar<long>(SelectKnown, new { subject }) > 0)
            return;
        var roles = string.Join(',', actor.Roles.Order(StringComparer.Ordinal));
        await AuditChain.Append(
            tx,
            new ChainRecord(ChainKind.SignIn, subject, actor.Subject, "sign_in", AuditLog.Done) { Detail = $"roles {roles}; first call {method}" },
            clock.GetUtcNow());
    }

    // A token without an id is known by what it says.
    private static string TokenOf(ClaimsPrincipal identity) =>
        (identity.FindFirst(TokenIdClaim)?.Value is { } id ? KeyText.Fit(id, TokenCharactersMax) : null)
        ?? EntryHash.OfPayload(string.Join('\n', identity.Claims
            .Where(claim => claim.Type is Actor.SubjectClaim or Actor.RolesClaim or IssuedAtClaim or ExpiresClaim)
            .Select(claim => $"{claim.Type}={claim.Value}")));
}
