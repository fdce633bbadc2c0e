using OrderTracking.ShipmentService.Shipments;

namespace OrderTracking.ShipmentService.Dispatches;

/// <summary>What compliance said to the question for a permit.</summary>
internal abstract record PermitAnswer
{
    /// <param name="PermitId">Null when the question was only a check.</param>
    /// <param name="FactsDigest">Of the facts the permit is for, which are the shipment's own.</param>
    /// <param name="Revoked">The permit was granted and counts no more.</param>
    internal sealed record Granted(Guid? PermitId, string FactsDigest, bool Revoked) : PermitAnswer;

    /// <summary>A legal refusal: it holds or blocks the shipment.</summary>
    /// <param name="Screening">What the shipment may do now; null if the answer did not say.</param>
    internal sealed record Refused(StoredRefusal Refusal, Screening? Screening) : PermitAnswer;

    /// <summary>Compliance could not decide and surely granted nothing.</summary>
    internal sealed record NotDecided(StoredRefusal Refusal) : PermitAnswer;

    /// <summary>Nobody knows: it must be asked again. Never a pass.</summary>
    internal sealed record NoAnswer(string Why) : PermitAnswer;
}
