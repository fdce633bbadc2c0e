using OrderTracking.ComplianceService.Outlook.Windows;
using OrderTracking.ComplianceService.Rules;
using OrderTracking.ComplianceService.Screening;
using OrderTracking.ComplianceService.Shipments;

namespace OrderTracking.ComplianceService.Outlook.Expedite;

/// <summary>A shipment that may leave today and not on its planned day.</summary>
internal sealed record Expeditable(
    ExpeditePlace Place, Guid ShipmentId, Guid OrderId, ShipmentFacts Facts, DateOnly Today, Decision Planned);

/// <summary>
/// Judges shipments by the deciding function, for one call and what is known at one instant. Shipments that differ in date, quantity and
/// value only are decided once for each stretch of days.
/// </summary>
internal sealed class Expediting(KnowledgeHead head, DateTimeOffset now)
{
    private readonly DateTimeOffset knownAt = head.KnownNow(now);
    private readonly Dictionary<string, DatedDecisions> decided = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateOnly> todays = new(StringComparer.Ordinal);

    /// <summary>The shipment's row of the list; null where it is not one to expedite.</summary>
    public Expeditable? Judge(ExpediteRow row, ShipmentFacts facts, string digest)
    {
        var today = Today(facts.PlaceOfExport.TimeZone);
        var planned = facts.ShipDate;
        var dated = Decided(facts);
        if (planned <= today || dated.On(today).Outcome != Outcome.Cleared || dated.LastCleared(today) is not { } last || last >= planned)
            return null;
        var decision = dated.On(planned);
        if (decision.Outcome == Outcome.Cleared)
            return null;
        var value = facts.Value is { } stated ? FactsMapping.Of(stated) : null;
        var place = new ExpeditePlace(digest, last, value?.CurrencyCode ?? "", value?.MinorUnits ?? 0, row.Seq);
        return new Expeditable(place, row.ShipmentId, row.OrderId, facts, today, decision);
    }

    private DateOnly Today(string timeZone)
    {
        if (!todays.TryGetValue(timeZone, out var today))
            todays.Add(timeZone, today = ShipDates.DateOf(now, timeZone));
        return today;
    }

    private DatedDecisions Decided(ShipmentFacts facts)
    {
        // No rule reads them: licences are drawn by quantity and value, and the day is what is varied.
        var common = facts with { ShipDate = DateOnly.MinValue, Quantity = null, Value = null };
        var key = StoredFacts.Write(common);
        if (!decided.TryGetValue(key, out var dated))
            decided.Add(key, dated = new DatedDecisions(head, common, knownAt));
        return dated;
    }
}
