namespace OrderTracking.ComplianceService.Screening;

/// <summary>Ordered from best to worst: the outcome of a decision is the worst of its findings.</summary>
internal enum Outcome
{
    Cleared,
    Held,
    Blocked,
}

internal enum Effect
{
    Prohibited,
    LicenceRequired,
    Review,
    Undetermined,
}

internal enum ReviewPolicy
{
    /// <summary>The effect is not a licence requirement.</summary>
    None,
    PresumptionOfDenial,
    CaseByCase,
    PresumptionOfApproval,
    Unstated,
}

/// <summary>How sure the source of a rule or a figure is.</summary>
internal enum Certainty
{
    Confirmed,
    Secondary,
    Recalled,
    Unconfirmed,
}

internal static class Outcomes
{
    public static Outcome Of(Effect effect, ReviewPolicy policy) => effect switch
    {
        Effect.Prohibited => Outcome.Blocked,
        Effect.LicenceRequired when policy == ReviewPolicy.PresumptionOfDenial => Outcome.Blocked,
        _ => Outcome.Held,
    };
}
