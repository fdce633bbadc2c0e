using V1 = OrderTracking.Compliance.V1;

namespace OrderTracking.ComplianceService.Screening;

/// <summary>The closed sets of a decision, as the wire has them.</summary>
internal static class WireCodes
{
    public static V1.Outcome Of(Outcome outcome) => outcome switch
    {
        Outcome.Cleared => V1.Outcome.Cleared,
        Outcome.Held => V1.Outcome.Held,
        _ => V1.Outcome.Blocked,
    };

    /// <summary>Null where it is not stated.</summary>
    public static Outcome? Of(V1.Outcome outcome) => outcome switch
    {
        V1.Outcome.Cleared => Outcome.Cleared,
        V1.Outcome.Held => Outcome.Held,
        V1.Outcome.Blocked => Outcome.Blocked,
        _ => null,
    };

    /// <summary>Null where it is not stated.</summary>
    public static Effect? Of(V1.Effect effect) => effect switch
    {
        V1.Effect.Prohibited => Effect.Prohibited,
        V1.Effect.LicenceRequired => Effect.LicenceRequired,
        V1.Effect.Review => Effect.Review,
        V1.Effect.Undetermined => Effect.Undetermined,
        _ => null,
    };

    public static ReviewPolicy Of(V1.ReviewPolicy policy) => policy switch
    {
        V1.ReviewPolicy.PresumptionOfDenial => ReviewPolicy.PresumptionOfDenial,
        V1.ReviewPolicy.CaseByCase => ReviewPolicy.CaseByCase,
        V1.ReviewPolicy.PresumptionOfApproval => ReviewPolicy.PresumptionOfApproval,
        V1.ReviewPolicy.Unstated => ReviewPolicy.Unstated,
        _ => ReviewPolicy.None,
    };

    public static V1.Effect Of(Effect effect) => effect switch
    {
        Effect.Prohibited => V1.Effect.Prohibited,
        Effect.LicenceRequired => V1.Effect.LicenceRequired,
        Effect.Review => V1.Effect.Review,
        _ => V1.Effect.Undetermined,
    };

    public static V1.ReviewPolicy Of(ReviewPolicy policy) => policy switch
    {
        ReviewPolicy.PresumptionOfDenial => V1.ReviewPolicy.PresumptionOfDenial,
        ReviewPolicy.CaseByCase => V1.ReviewPolicy.CaseByCase,
        ReviewPolicy.PresumptionOfApproval => V1.ReviewPolicy.PresumptionOfApproval,
        ReviewPolicy.Unstated => V1.ReviewPolicy.Unstated,
        _ => V1.ReviewPolicy.Unspecified,
    };

    public static V1.Certainty Of(Certainty? certainty) => certainty switch
    {
        Certainty.Confirmed => V1.Certainty.Confirmed,
        Certainty.Secondary => V1.Certainty.Secondary,
        Certainty.Recalled => V1.Certainty.Recalled,
        Certainty.Unconfirmed => V1.Certainty.Unconfirmed,
        _ => V1.Certainty.Unspecified,
    };

    /// <summary>Null where it is not stated.</summary>
    public static Certainty? Of(V1.Certainty certainty) => certainty switch
    {
        V1.Certainty.Confirmed => Certainty.Confirmed,
        V1.Certainty.Secondary => Certainty.Secondary,
        V1.Certainty.Recalled => Certainty.Recalled,
        V1.Certainty.Unconfirmed => Certainty.Unconfirmed,
        _ => null,
    };
}
