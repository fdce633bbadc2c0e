using OrderTracking.ComplianceService.Decisions;
using OrderTracking.ComplianceService.Rules;
using OrderTracking.ComplianceService.Screening;
using OrderTracking.ComplianceService.Shipments;

namespace OrderTracking.ComplianceService.Recheck;

/// <summary>
/// Sees of most shipments, from their row alone, that deciding them again comes to what stands already: outcome and rules are compared, and
/// nothing is explained that is not new. What it cannot say so of is looked at in full.
/// </summary>
/// <param name="head">What is known.</param>
/// <param name="isSameBasis">What findings say, beside their amendment and the shipment's facts, rests on what it did when these shipments were last looked at.</param>
/// <param name="attended">Ids of shipments with releases, which rest on more than the findings.</param>
internal sealed class Unchanged(KnowledgeHead head, DateTimeOffset now, bool isSameBasis, IReadOnlySet<string> attended)
{
    private readonly DateTimeOffset _knownAt = head.KnownNow(now);
    private readonly Dictionary<string, DateOnly> _todays = new(StringComparer.Ordinal);
    private readonly List<FiredRule> _fired = [];

    /// <summary>When the next thing recorded becomes known.</summary>
    public DateTimeOffset? NextRecorded { get; } = head.NextRecordedAfter(head.KnownNow(now));

    /// <exception cref="ArgumentException">The facts cannot be decided.</exception>
    public bool Is(NarrowRow row)
    {
        if (row.IsCurrent == 0 || attended.Contains(row.Id))
            return false;
        var facts = StoredFacts.Read(row.Facts);
        var today = Today(facts.PlaceOfExport.TimeZone);
        var shipDate = ShipDates.Effective(facts.ShipDate, today);
        return row.DecidedShipDate == shipDate && (row.Overdue != 0) == (today > facts.ShipDate) && IsDecidedSo(row, facts, shipDate);
    }

    private bool IsDecidedSo(NarrowRow row, ShipmentFacts facts, DateOnly shipDate)
    {
        var used = DecisionEngine.Resolve(facts.Item, _knownAt, head.Catalogue);
        var inputs = Inputs.Of(facts, used, head.Lists.Screen(facts.Parties, shipDate, _knownAt));
        if (inputs.ParentNotStated || inputs.OwnershipUnknown || inputs.PartNotInCatalogue || inputs.Screening.Holds)
            return false;
        _fired.Clear();
        var outcome = DecisionEngine.Evaluate(inputs, head.Rules.At(_knownAt).On(shipDate), _fired);
        return (_fired.Count == 0 || (isSameBasis && !_fired.Exists(rule => rule.Effect == Effect.Undetermined)))
            && row.DecisionSignature == DecisionSignature.Of(outcome, _fired);
    }

    private DateOnly Today(string timeZone)
    {
        if (!_todays.TryGetValue(timeZone, out var today))
            _todays.Add(timeZone, today = ShipDates.DateOf(now, timeZone));
        return today;
    }
}
