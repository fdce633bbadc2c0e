using V1 = OrderTracking.Compliance.V1;

namespace OrderTracking.ComplianceService.Rules;

/// <summary>How far an amendment has come, on one day and as known at one instant.</summary>
internal static class AmendmentStages
{
    public static V1.AmendmentStage OfProposal(AmendmentRow row) => row.State switch
    {
        AmendmentRow.Rejected => V1.AmendmentStage.Rejected,
        _ => row.ReviewedBy is null ? V1.AmendmentStage.Draft : V1.AmendmentStage.Reviewed,
    };

    /// <param name="rule">The rule with everything published, the amendment included.</param>
    /// <param name="today">The ship date that is called today.</param>
    public static V1.AmendmentStage OfPublished(Rule rule, Amendment amendment, DateOnly today, DateTimeOffset knownAt)
    {
        if (!amendment.IsKnownAt(knownAt))
            return V1.AmendmentStage.Scheduled;
        if (amendment.Content.Effective.To <= today)
            return V1.AmendmentStage.Expired;
        if (Governs(rule, amendment, today, knownAt))
            return V1.AmendmentStage.InForce;

        // What governs changes only where a window begins or ends.
        var changes = rule.Amendments.SelectMany(one => (DateOnly?[])[one.Content.Effective.From, one.Content.Effective.To]);
        return changes.OfType<DateOnly>().Any(day => day > today && Governs(rule, amendment, day, knownAt))
            ? V1.AmendmentStage.Scheduled
            : V1.AmendmentStage.Superseded;
    }

    private static bool Governs(Rule rule, Amendment amendment, DateOnly day, DateTimeOffset knownAt) =>
        rule.Governing(day, knownAt)?.Number == amendment.Number;
}
