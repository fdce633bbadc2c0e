using OrderTracking.ComplianceService.Rules;
using OrderTracking.ComplianceService.Screening;

namespace OrderTracking.ComplianceService.Impact.Exposure;

/// <summary>What open goods are decided with: what is known, and the draft and ship date of a scenario.</summary>
/// <param name="Head">What is known.</param>
/// <param name="WithDraft">With the draft; null: the scenario has none.</param>
/// <param name="ShipDate">The day every open shipment leaves on in the scenario; null: each on its own.</param>
/// <param name="Now">The instant "today" is taken from.</param>
internal sealed record ExposureScenario(
    KnowledgeHead Head, KnowledgeHead? WithDraft, DateOnly? ShipDate, DateTimeOffset KnownAt, DateTimeOffset Now)
{
    private readonly ShipDays days = new(Now);

    public bool Exists => WithDraft is not null || ShipDate is not null;

    /// <summary>Whether the goods are not CLEARED by the rules as they are, and in the scenario.</summary>
    public (bool Restricted, bool InScenario) Judge(GoodsRow goods, ShipmentFacts facts)
    {
        var shipDate = days.Of(goods.PermitDate ?? facts.ShipDate, facts.PlaceOfExport.TimeZone);
        var restricted = Head.Decide(facts, shipDate, KnownAt).Outcome != Outcome.Cleared;
        return (restricted, Exists && (WithDraft ?? Head).Decide(facts, ShipDate ?? shipDate, KnownAt).Outcome != Outcome.Cleared);
    }
}
