using OrderTracking.ComplianceService.Holds;
using OrderTracking.ComplianceService.Licences;
using OrderTracking.ComplianceService.Permits;
using OrderTracking.ComplianceService.Screening;
using OrderTracking.ComplianceService.Shipments;
using OrderTracking.Wire;
using V1 = OrderTracking.Compliance.V1;

namespace OrderTracking.ComplianceService.Replay;

/// <summary>Goods that have left, with what was known and settled when they did.</summary>
/// <param name="ShipDate">The day they left.</param>
/// <param name="Permit">The last one granted; null where none was.</param>
/// <param name="Then">The decision of that day; null where none was made for it.</param>
/// <param name="Settled">The decision whose findings were all covered or settled for that very day; null where none was.</param>
/// <param name="Drawn">The licences drawn for them, given back or not.</param>
internal sealed record GoneGoods(
    KnownShipment Shipment, DateOnly ShipDate, Permit? Permit, V1.Decision? Then, V1.Decision? Settled, IReadOnlyList<Licence> Drawn);

/// <summary>
/// Compares the decision of the day goods left with the one as known now. What was settled then and fires unchanged is settled; a licence
/// requirement that the drawn licence covers on that day is covered; all else is exposed.
/// </summary>
internal static class LookBack
{
    /// <summary>Null where nothing needs another answer.</summary>
    public static V1.LookBackRow? Of(GoneGoods goods, Decision now)
    {
        var settled = (goods.Settled?.Findings ?? []).Select(KeyOf).ToHashSet(StringComparer.Ordinal);
        var open = DecisionMapping.Of(now, goods.Shipment.Facts).Findings.Where(finding => !settled.Contains(KeyOf(finding))).ToList();
        if (open.Count == 0)
            return null;
        var covered = open.Select(finding => (Finding: finding, Licence: LicenceFor(goods, finding))).ToLookup(one => one.Licence is not null);
        var row = About(goods, now);
        row.State = covered[false].Any() ? V1.LookBackRow.Types.State.Exposed : V1.LookBackRow.Types.State.Covered;
        row.ExposedRules.AddRange(covered[false].Select(one => one.Finding.Rule));
        row.CoveredRules.AddRange(covered[true].Select(
            one => new V1.LookBackRow.Types.CoveredRule { Rule = one.Finding.Rule, Licence = one.Licence!.Name }));
        var before = (goods.Then?.Findings ?? []).Select(finding => finding.Rule).ToHashSet(StringComparer.Ordinal);
        row.RulesAdded.AddRange(open.Select(finding => finding.Rule).Where(rule => !before.Contains(rule)));
        return row;
    }

    private static V1.LookBackRow About(GoneGoods goods, Decision now)
    {
        var (shipment, facts) = (goods.Shipment, goods.Shipment.Facts);
        var decision = DecisionMapping.WhatIf(now, facts);
        var row = new V1.LookBackRow
        {
            Shipment = Names.Shipment(shipment.Id),
            Order = Names.Order(shipment.OrderId),
            ShipDate = WireDate.Of(goods.ShipDate),
            Departed = shipment.DepartedDate is not null,
            Returned = shipment.Phase == ShipmentPhase.Closed,
            PartNumber = facts.Item.PartNumber,
            Value = decision.Facts.Value,
            Customer = HoldGoods.Of(facts).Buyer,
            DestinationCountry = facts.DestinationCountry,
            Permit = goods.Permit is { } permit ? Names.Permit(permit.Id) : "",
            DecisionThen = goods.Then,
            DecisionNow = decision,
        };
        if (facts.Quantity is { } quantity)
            row.Quantity = quantity;
        row.Licences.AddRange(goods.Drawn.Select(licence => licence.Name));
        return row;
    }

    // It was drawn for these very goods, so item, parties, destination and units fitted; what may differ is the rule, and the day.
    private static Licence? LicenceFor(GoneGoods goods, V1.Finding finding) => finding.Effect != V1.Effect.LicenceRequired
        ? null
        : goods.Drawn.FirstOrDefault(licence =>
            licence.Rules.Contains(finding.Rule) && licence.ValidFrom <= goods.ShipDate && goods.ShipDate <= licence.ValidTo);

    private static string KeyOf(V1.Finding finding) => string.Join(
        '|', finding.Rule, finding.Amendment, finding.Effect, finding.ReviewPolicy, string.Join(',', finding.MissingFacts));
}
