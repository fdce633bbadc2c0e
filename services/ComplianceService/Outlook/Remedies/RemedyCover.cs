using OrderTracking.ComplianceService.Licences;
using OrderTracking.ComplianceService.Permits;
using OrderTracking.ComplianceService.Screening;

namespace OrderTracking.ComplianceService.Outlook.Remedies;

/// <summary>What people would have to add to a decision for the goods to leave: licences for requirements, a release for what asks for a look.</summary>
internal static class RemedyCover
{
    /// <summary>Nothing, a licence, a release, or both; null where a finding cannot be covered.</summary>
    /// <param name="facts">What the decision was made from.</param>
    /// <param name="settled">The rules a release settles already.</param>
    public static IReadOnlyList<RemedyChange>? Of(
        RemedySpace space, ShipmentFacts facts, Decision decision, DateOnly day, IReadOnlySet<string> settled)
    {
        var covered = new List<CoveredRule>();
        var looks = new List<string>();
        foreach (var finding in decision.Findings.Where(finding => finding.Effect == Effect.Prohibited || !settled.Contains(finding.Rule)))
            if (finding.Effect is Effect.Review or Effect.Undetermined)
                looks.Add(finding.Rule);
            else if (finding.Effect == Effect.LicenceRequired && Covering(space, facts, decision, finding.Rule, day) is { } cover)
                covered.Add(cover);
            else
                return null;
        var changes = new List<RemedyChange>();
        if (covered.Count > 0)
            changes.Add(new RemedyChange.Licence(covered));
        if (looks.Count > 0)
            changes.Add(new RemedyChange.Settle(looks));
        return changes;
    }

    // Coverage counts units: a question without a quantity cannot be covered.
    private static CoveredRule? Covering(RemedySpace space, ShipmentFacts facts, Decision decision, string rule, DateOnly day)
    {
        if (facts.Quantity is null)
            return null;
        var use = LicenceUses.Of(space.Shipment with { Facts = facts }, decision, rule, day, day);
        foreach (var (licence, held) in space.Licences)
            if (LicenceCoverage.Of(licence, use, held).Line is { } line)
                return new CoveredRule(rule, licence.Id, licence.Number, line.QuantityLeft);
        return null;
    }
}
