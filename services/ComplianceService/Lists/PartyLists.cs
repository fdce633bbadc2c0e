using System.Text;
using OrderTracking.ComplianceService.Lists.Matching;
using OrderTracking.ComplianceService.Rules;
using OrderTracking.ComplianceService.Screening;

namespace OrderTracking.ComplianceService.Lists;

/// <summary>
/// Every list entry, threshold and clearance that ever counted, immutable and swapped whole. What is asked as of an instant is answered
/// with what was recorded by then, so that a decision of the past comes out as it was.
/// </summary>
internal sealed class PartyLists
{
    /// <summary>The score from which on a match holds while none was recorded.</summary>
    public const int ThresholdDefault = 85;

    private readonly ListedEntry[] entries;
    private readonly KnownSnapshot[] snapshots;
    private readonly KnownThreshold[] thresholds;
    private readonly ILookup<string, KnownClearance> clearances;
    private readonly PartyScorer scorer;
    private readonly DateTimeOffset[] changes;
    private readonly Epoch?[] epochs;

    private PartyLists(ListedEntry[] entries, PartyScorer scorer, ListRecordings recordings)
    {
        (this.entries, this.scorer) = (entries, scorer);
        snapshots = [.. recordings.Snapshots.OrderBy(snapshot => snapshot.RecordedAt)];
        thresholds = [.. recordings.Thresholds.OrderBy(threshold => threshold.RecordedAt)];
        clearances = recordings.Clearances.ToLookup(clearance => clearance.Entry, StringComparer.Ordinal);
        changes = RecordedInstants.Of(
        [
            .. snapshots.Select(snapshot => (DateTimeOffset?)snapshot.RecordedAt),
            .. thresholds.Select(threshold => (DateTimeOffset?)threshold.RecordedAt),
            .. recordings.Clearances.SelectMany(clearance => (DateTimeOffset?[])[clearance.RecordedAt, clearance.RevokedAt]),
        ]);
        epochs = new Epoch?[changes.Length + 1];
    }

    /// <summary>Every content of every entry that ever counted.</summary>
    public IReadOnlyList<ListedEntry> Entries => entries;

    /// <summary>No list was ever recorded.</summary>
    public static PartyLists None { get; } = Build([], new ListRecordings([], [], []), null);

    /// <param name="previous">Lists as of before, whose work is used again where the entries are the same.</param>
    public static PartyLists Build(ListedEntry[] entries, ListRecordings recordings, PartyLists? previous) =>
        previous is not null && previous.entries.SequenceEqual(entries)
            ? new PartyLists(previous.entries, previous.scorer, recordings)
            : new PartyLists(entries, new PartyScorer([.. entries.Select(listed => listed.Entry)]), recordings);

    /// <summary>Whether any list counted at this instant.</summary>
    public bool IsLoaded(DateTimeOffset knownAt) => At(knownAt).Snapshots.Count > 0;

    public int ThresholdAt(DateTimeOffset knownAt) => At(knownAt).Threshold;

    /// <summary>The first instant after this one at which a list, a threshold or a clearance becomes known, or null.</summary>
    public DateTimeOffset? NextChangeAfter(DateTimeOffset instant) => RecordedInstants.NextAfter(changes, instant);

    /// <summary>Lower-case SHA-256 hex over lists, threshold and clearances as known; null while no list was.</summary>
    public string? Digest(DateTimeOffset knownAt) => At(knownAt).Digest;

    /// <summary>Matches every party with every entry that holds on the ship date.</summary>
    public PartyScreening Screen(IReadOnlyList<Party> parties, DateOnly shipDate, DateTimeOffset knownAt)
    {
        var epoch = At(knownAt);
        if (epoch.Snapshots.Count == 0)
            return PartyScreening.None;
        var matches = new List<PartyMatch>();
        foreach (var party in parties)
            foreach (var hit in Held(party, epoch, knownAt))
            {
                var listed = entries[hit.Entry];
                if (listed.Entry.HoldsOn(shipDate))
                    matches.Add(new PartyMatch(
                        party, listed.List, listed.Entry, listed.Digest, epoch.Snapshots[listed.List], hit.MatchedName, hit.Score, epoch.Threshold,
                        hit.Country, hit.Address, ClearedBy(party, listed, shipDate, knownAt)));
            }

        return new PartyScreening(
            [.. matches.OrderBy(match => match.EntryName, StringComparer.Ordinal)],
            [.. parties.Where(party => !scorer.Of(party).IsReadable).Select(party => party.Name).Distinct(StringComparer.Ordinal)]);
    }

    /// <summary>
    /// The ship dates from which on matching may come to something else: a listing begins or is over, a clearance begins or is over.
    /// </summary>
    public IReadOnlyCollection<DateOnly> Boundaries(IReadOnlyList<Party> parties, DateTimeOffset knownAt)
    {
        var epoch = At(knownAt);
        var found = new SortedSet<DateOnly>();
        foreach (var party in parties)
            foreach (var hit in epoch.Snapshots.Count == 0 ? [] : Held(party, epoch, knownAt))
            {
                var listed = entries[hit.Entry];
                Add(found, listed.Entry.StartDate, listed.Entry.EndDate);
                foreach (var clearance in clearances[ListNames.Entry(listed.List, listed.Entry.Id)].Where(one => one.IsKnownAt(knownAt)))
                    Add(found, clearance.From, clearance.To);
            }

        return found;
    }

    /// <summary>Entries known at an instant that a party matches from a score on, best first, whatever their dates.</summary>
    public IReadOnlyList<(ListedEntry Entry, PartyHit Hit)> Search(Party party, int scoreMin, DateTimeOffset knownAt) =>
    [
        .. scorer.Of(party).Hits.Where(hit => hit.Score >= scoreMin && entries[hit.Entry].IsKnownAt(knownAt))
            .Select(hit => (entries[hit.Entry], hit))
            .OrderByDescending(found => found.hit.Score).ThenBy(found => found.Item1.Entry.Id, StringComparer.Ordinal),
    ];

    /// <summary>The entry as it counts at an instant, or null.</summary>
    public ListedEntry? Find(string list, string entry, DateTimeOffset knownAt) =>
        Array.Find(entries, listed => listed.List == list && listed.Entry.Id == entry && listed.IsKnownAt(knownAt));

    private IEnumerable<PartyHit> Held(Party party, Epoch epoch, DateTimeOffset knownAt) =>
        scorer.Of(party).Hits.Where(hit => hit.Score >= epoch.Threshold && entries[hit.Entry].IsKnownAt(knownAt));

    private string? ClearedBy(Party party, ListedEntry listed, DateOnly shipDate, DateTimeOffset knownAt)
    {
        var ofEntry = clearances[ListNames.Entry(listed.List, listed.Entry.Id)];
        return ofEntry.FirstOrDefault(clearance =>
            clearance.IsKnownAt(knownAt)
            && clearance.EntryDigest == listed.Digest
            && clearance.From <= shipDate && shipDate <= clearance.To
            && clearance.Country == party.Country
            && clearance.PartyKey == NameKey.Strict(party.Name))?.Name;
    }

    private static void Add(SortedSet<DateOnly> found, DateOnly? from, DateOnly? to)
    {
        if (from is { } first)
            found.Add(first);
        if (to is { } last && last < DateOnly.MaxValue)
            found.Add(last.AddDays(1));
    }

    private Epoch At(DateTimeOffset knownAt)
    {
        var index = RecordedInstants.CountKnown(changes, knownAt);

        // Two threads may make the same one: both come to the same, and one is kept.
        return epochs[index] ??= Compile(index == 0 ? DateTimeOffset.MinValue : changes[index - 1]);
    }

    private Epoch Compile(DateTimeOffset knownAt)
    {
        var counting = new SortedDictionary<string, KnownSnapshot>(StringComparer.Ordinal);
        foreach (var snapshot in snapshots.Where(snapshot => snapshot.RecordedAt <= knownAt))
            counting[snapshot.List] = snapshot;
        var threshold = thresholds.LastOrDefault(one => one.RecordedAt <= knownAt)?.Value ?? ThresholdDefault;
        var names = counting.ToDictionary(entry => entry.Key, entry => entry.Value.Name, StringComparer.Ordinal);
        return new Epoch(names, threshold, counting.Count == 0 ? null : DigestOf(counting.Values, threshold, knownAt));
    }

    private string DigestOf(IEnumerable<KnownSnapshot> counting, int threshold, DateTimeOffset knownAt)
    {
        var text = new StringBuilder("lists 1\n");
        foreach (var snapshot in counting)
            text.Field("snapshot", snapshot.Name).Field("entries", snapshot.EntriesDigest);
        text.Field("threshold", Canonical.Number(threshold));
        var known = clearances.SelectMany(group => group).Where(clearance => clearance.IsKnownAt(knownAt));
        foreach (var clearance in known.OrderBy(clearance => clearance.Name, StringComparer.Ordinal))
            text.Field("clearance", clearance.Name).Field("party", clearance.PartyKey).Field("country", clearance.Country)
                .Field("entry", clearance.Entry).Field("digest", clearance.EntryDigest)
                .Field("from", Canonical.Date(clearance.From)).Field("to", Canonical.Date(clearance.To));
        return Canonical.Digest(text);
    }

    /// <summary>What is known between two recordings.</summary>
    private sealed record Epoch(IReadOnlyDictionary<string, string> Snapshots, int Threshold, string? Digest);
}

/// <summary>What was recorded beside the entries.</summary>
internal sealed record ListRecordings(
    IReadOnlyList<KnownSnapshot> Snapshots, IReadOnlyList<KnownThreshold> Thresholds, IReadOnlyList<KnownClearance> Clearances);
