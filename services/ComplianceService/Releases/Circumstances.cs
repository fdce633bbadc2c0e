using OrderTracking.ComplianceService.Screening;

namespace OrderTracking.ComplianceService.Releases;

/// <summary>What is true of a shipment now, as far as a release can rely on it.</summary>
/// <param name="FactsDigest">Of the facts without the ship date.</param>
/// <param name="ShipDate">The day it is decided for, at the place of export.</param>
/// <param name="Today">Today at the place of export.</param>
/// <param name="Facts">With the item's facts as the decision used them, and the planned ship date.</param>
/// <param name="Governing">The amendment that governs each rule on that day.</param>
internal sealed record Circumstances(
    string FactsDigest, DateOnly ShipDate, DateOnly Today, ShipmentFacts Facts, IReadOnlyList<GoverningAmendment> Governing)
{
    /// <summary>The amendment that governs a rule, whether it applies or not; blank where none does.</summary>
    public string AmendmentOf(string rule) => Governing.FirstOrDefault(governing => governing.Rule == rule)?.Amendment ?? "";
}
