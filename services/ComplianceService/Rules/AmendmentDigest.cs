using System.Text;
using OrderTracking.ComplianceService.Screening;

namespace OrderTracking.ComplianceService.Rules;

internal static class AmendmentDigest
{
    public static string Of(
        AmendmentStatus status,
        EffectiveWindow effective,
        Condition? scope,
        Condition? item,
        Policy? policy,
        string[] words,
        Certainty certainty)
    {
        var text = new StringBuilder("amendment 1\n");
        text.Field("status", Canonical.Code(status.ToString()));
        text.Field("from", Canonical.Date(effective.From)).Field("to", Canonical.Date(effective.To));
        text.Field("scope", Written(scope)).Field("item", Written(item));
        var policyText = new StringBuilder();
        policy?.WriteCanonical(policyText);
        text.Field("policy", policyText.ToString()).Field("certainty", certainty.ToString());
        foreach (var word in words)
            text.Field("text", word);
        return Canonical.Digest(text);
    }

    private static string? Written(Condition? condition)
    {
        if (condition is null)
            return null;
        var text = new StringBuilder();
        condition.WriteCanonical(text);
        return text.ToString();
    }
}
