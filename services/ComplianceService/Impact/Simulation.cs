using OrderTracking.ComplianceService.Decisions;
using OrderTracking.ComplianceService.Rules;
using OrderTracking.ComplianceService.Screening;
using OrderTracking.ComplianceService.Shipments;

namespace OrderTracking.ComplianceService.Impact;

/// <summary>Decides shipments without a draft and with it. Pure: the same rows give the same flips.</summary>
internal sealed class Simulation(KnowledgeHead head, KnowledgeHead withDraft, AmendmentContent draft, DateTimeOffset knownAt, DateTimeOffset now)
{
    private readonly ShipDays days = new(now);

    /// <summary>What the draft does to one shipment.</summary>
    /// <exception cref="ArgumentException">Its facts cannot be decided.</exception>
    public Verdict Judge(GoodsRow goods)
    {
        var facts = StoredFacts.Read(goods.Facts);
        var shipDate = days.Of(goods.PermitDate ?? facts.ShipDate, facts.PlaceOfExport.TimeZone);

        // An amendment says nothing about the ship dates outside its window: what governs them stays what it is.
        if (!draft.Effective.Contains(shipDate))
            return default;
        var before = head.Decide(facts, shipDate, knownAt);
        var after = withDraft.Decide(facts, shipDate, knownAt);
        if (before.Outcome == after.Outcome)
            return new Verdict(null, DecisionSignature.Of(before) != DecisionSignature.Of(after));
        return new Verdict(RowOf(goods, facts, shipDate, before, after), false);
    }

    private static ImpactRow RowOf(GoodsRow goods, ShipmentFacts facts, DateOnly shipDate, Decision before, Decision after)
    {
        var customer = Customer.Of(facts);
        var value = facts.Value is { } declared ? FactsMapping.Of(declared) : null;
        return new ImpactRow
        {
            Direction = after.Outcome > before.Outcome ? ImpactRow.Tightened : ImpactRow.Loosened,
            OutcomeBefore = Codes<Outcome>.Of(before.Outcome),
            OutcomeAfter = Codes<Outcome>.Of(after.Outcome),
            RulesBefore = RulesOf(before),
            RulesAfter = RulesOf(after),
            Shipment = Names.Shipment(goods.ShipmentId),
            OrderName = Names.Order(goods.OrderId),
            Customer = customer.Name,
            CustomerCountry = customer.Country,
            PartNumber = facts.Item.PartNumber,
            Family = before.ItemUsed.Family ?? "",
            DestinationCountry = facts.DestinationCountry,
            ShipDate = shipDate,
            Units = facts.Quantity ?? 0,
            ValueMinorUnits = value?.MinorUnits,
            Currency = value?.CurrencyCode ?? "",
            Standing = goods.Standing,
        };
    }

    private static string RulesOf(Decision decision) =>
        string.Join(ImpactRow.RuleSeparator, decision.Findings.Select(finding => finding.Rule).Distinct(StringComparer.Ordinal));

    /// <param name="Flip">Null where the outcome stays.</param>
    /// <param name="ReasonsChanged">The outcome stays, and what it rests on does not.</param>
    internal readonly record struct Verdict(ImpactRow? Flip, bool ReasonsChanged);
}
