using OrderTracking.ComplianceService.Catalog;
using OrderTracking.ComplianceService.Lists;
using OrderTracking.ComplianceService.Screening;

namespace OrderTracking.ComplianceService.Rules;

/// <summary>Everything recorded up to one change: rules, groups, catalogue and party lists, immutable and swapped whole.</summary>
/// <param name="Change">The last change of rules and catalogue it holds; empty while nothing was published here.</param>
/// <param name="Version">
/// Counts the changes of rules and catalogue. Changes of lists do not count: they make the shipments due that they touch, not all.
/// </param>
/// <param name="LatestPublished">When the last change was recorded; the first instant of all while there is none.</param>
internal sealed record KnowledgeHead(Guid Change, long Version, DateTimeOffset LatestPublished, RuleSnapshot Rules, Catalogue Catalogue)
{
    /// <summary>Party lists, thresholds and clearances, as of <see cref="ListsChange"/>.</summary>
    public PartyLists Lists { get; init; } = PartyLists.None;

    /// <summary>The last change of lists it holds; empty while none was recorded.</summary>
    public Guid ListsChange { get; init; }

    /// <summary>Counts every change it holds, of whatever kind.</summary>
    public long Recorded { get; init; }

    /// <summary>The instant a decision made now is made as of: never before what this head holds, whatever the clock says.</summary>
    public DateTimeOffset KnownNow(DateTimeOffset now) => now > LatestPublished ? now : LatestPublished;

    /// <summary>The pure function with these snapshots.</summary>
    public Decision Decide(ShipmentFacts facts, DateOnly shipDate, DateTimeOffset knownAt) =>
        DecisionEngine.Decide(facts.ShipDate == shipDate ? facts : facts with { ShipDate = shipDate }, knownAt, Rules, Catalogue, Lists);

    /// <summary>What would be known with one more amendment, recorded after everything else. For what-ifs only.</summary>
    public KnowledgeHead WithDraft(string rule, string title, AmendmentContent content, DateTimeOffset recordedAt) => this with
    {
        Rules = Rules.With(new PublishedAmendment(rule, title, 0, recordedAt, content)),
        LatestPublished = recordedAt > LatestPublished ? recordedAt : LatestPublished,
    };

    /// <summary>
    /// The ship dates, in order, from which on a decision about these facts may be another one: between two of them, the later excluded,
    /// it is the same.
    /// </summary>
    /// <param name="facts">Dated knowledge that is about some parties only, such as list entries, adds its dates for those alone.</param>
    public IReadOnlyList<DateOnly> BoundariesFor(ShipmentFacts facts, DateTimeOffset knownAt)
    {
        var rules = Rules.At(knownAt).Boundaries;
        var lists = Lists.Boundaries(facts.Parties, knownAt);
        return lists.Count == 0 ? rules : [.. rules.Concat(lists).Distinct().Order()];
    }

    /// <summary>The first instant after this one at which anything recorded becomes known, or null.</summary>
    public DateTimeOffset? NextRecordedAfter(DateTimeOffset instant)
    {
        DateTimeOffset?[] next = [Rules.NextChangeAfter(instant), Catalogue.NextChangeAfter(instant), Lists.NextChangeAfter(instant)];
        return next.Min();
    }
}
