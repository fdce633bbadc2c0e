using System.Text;
using OrderTracking.ComplianceService.Catalog;
using OrderTracking.ComplianceService.Lists;
using OrderTracking.ComplianceService.Rules;

namespace OrderTracking.ComplianceService.Screening;

/// <summary>A rule that applies, in short: what is needed to store a change, not to explain it.</summary>
internal readonly record struct FiredRule(BoundAmendment Bound, Effect Effect, ReviewPolicy ReviewPolicy);

/// <summary>What an explanation is made from, and what there is to say without one.</summary>
internal readonly record struct Judgement(Outcome Outcome, Inputs Inputs, List<FiredRule> Fired);

/// <summary>
/// The pure function behind every decision: no clock, no I/O, no randomness, no culture. The same facts, knowledge date, snapshot and
/// catalogue give the same decision to the last byte, and nothing recorded after the knowledge date takes part.
/// </summary>
internal static class DecisionEngine
{
    public const string Version = "1";

    /// <summary>What an answer says besides its findings while no party list was known.</summary>
    public const string PartiesNotScreened = "Parties not screened: no party lists are loaded";

    /// <summary>
    /// Decides a shipment. The knowledge date is taken as given: reading a later one as now is the caller's part, as is refusing facts
    /// that are missing.
    /// </summary>
    /// <exception cref="ArgumentException">A country is not in ISO 3166-1, or an item fact is out of range.</exception>
    public static Decision Decide(
        ShipmentFacts facts, DateTimeOffset knownAt, RuleSnapshot snapshot, Catalogue catalogue, PartyLists? lists = null)
    {
        lists ??= PartyLists.None;
        var (outcome, inputs, fired) = Judge(facts, knownAt, snapshot, catalogue, lists);
        var epoch = snapshot.At(knownAt);
        var day = epoch.On(facts.ShipDate);
        return new Decision(
            outcome,
            Findings.Of(inputs, day.Index, fired),
            FactsDigest.Of(facts),
            epoch.RuleSetDigest,
            catalogue.Digest(knownAt),
            epoch.GroupsDigest,
            day.Governing,
            facts.ShipDate,
            knownAt.ToUniversalTime(),
            inputs.Used,
            lists.IsLoaded(knownAt) ? [snapshot.Notes.Notice] : [PartiesNotScreened, snapshot.Notes.Notice],
            Version)
        {
            ListsDigest = lists.Digest(knownAt) is { } digest ? Digests(epoch.GroupsDigest, digest) : epoch.GroupsDigest,
            PartyMatches = inputs.Screening.Matches,
        };
    }

    /// <summary>Decides a shipment as <see cref="Decide"/> does, and explains nothing.</summary>
    public static Judgement Judge(ShipmentFacts facts, DateTimeOffset knownAt, RuleSnapshot snapshot, Catalogue catalogue, PartyLists lists)
    {
        var inputs = Inputs.Of(facts, Resolve(facts.Item, knownAt, catalogue), lists.Screen(facts.Parties, facts.ShipDate, knownAt));
        var fired = new List<FiredRule>();
        return new Judgement(Evaluate(inputs, snapshot.At(knownAt).On(facts.ShipDate), fired), inputs, fired);
    }

    /// <summary>
    /// The verdict alone: outcome and fired rules, by rule id, added to a list the caller may use again. Allocates nothing else
    /// but what is looked up once for the inputs and a day.
    /// </summary>
    public static Outcome Evaluate(Inputs inputs, RuleDay day, List<FiredRule> fired)
    {
        var outcome = inputs.HasReasons ? Outcome.Held : Outcome.Cleared;
        return inputs.IsDomestic ? outcome : day.Index.AddFired(inputs, outcome, fired);
    }

    /// <summary>
    /// Inline facts replace the catalogue's whole, so a family that is not stated beside them is unknown. Without inline facts the
    /// catalogue's revision counts whole; a stated family only fills one the catalogue does not know.
    /// </summary>
    public static ItemUsed Resolve(Item item, DateTimeOffset knownAt, Catalogue catalogue)
    {
        var family = string.IsNullOrWhiteSpace(item.Family) ? null : item.Family;
        if (item.Facts is { } inline)
            return new ItemUsed(item.PartNumber, family, inline, ItemSource.Inline, null);
        return catalogue.Find(item.PartNumber, knownAt) is { } revision
            ? new ItemUsed(item.PartNumber, revision.Family ?? family, revision.Facts, ItemSource.Catalogue, revision.Name)
            : new ItemUsed(item.PartNumber, family, ItemFacts.Unknown, ItemSource.NotInCatalogue, null);
    }

    private static string Digests(string groups, string lists) =>
        Canonical.Digest(new StringBuilder("groups and lists 1\n").Field("groups", groups).Field("lists", lists));
}
