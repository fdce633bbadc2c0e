using OrderTracking.BuildingBlocks.Data;
using OrderTracking.ComplianceService.Lists.Clearances;

namespace OrderTracking.ComplianceService.Lists;

/// <summary>Brings everything recorded of lists into memory.</summary>
internal static class ListLoad
{
    /// <param name="previous">Lists as of before: what is the same is not read again.</param>
    public static async Task<PartyLists> Run(Tx tx, PartyLists? previous)
    {
        var known = (previous?.Entries ?? []).DistinctBy(KeyOf).ToDictionary(KeyOf, listed => listed.Entry);
        var spans = await ListStore.Spans(tx);
        var entries = spans.Select(span => new ListedEntry(
            span.List,
            known.GetValueOrDefault((span.List, span.Entry, span.Digest)) ?? ListStore.Read(span.Body),
            span.Digest,
            span.RecordedFrom,
            span.RecordedTo));
        var snapshots = await tx.Query<SnapshotRow>(
            $"select {ListStore.SnapshotColumns} from list_snapshots where recorded_at is not null order by seq");
        var thresholds = await tx.Query<ThresholdRow>("select threshold as Threshold, recorded_at as RecordedAt from list_thresholds order by seq");
        return PartyLists.Build(
            [.. entries],
            new ListRecordings(
                [.. snapshots.Select(row => new KnownSnapshot(row.List, row.Name, row.RecordedAt!.Value, row.EntriesDigest))],
                [.. thresholds.Select(row => new KnownThreshold((int)row.Threshold, row.RecordedAt))],
                await ClearanceStore.Recorded(tx)),
            previous);
    }

    private static (string List, string Entry, string Digest) KeyOf(ListedEntry listed) => (listed.List, listed.Entry.Id, listed.Digest);

    private sealed class ThresholdRow
    {
        public long Threshold { get; init; }

        public DateTimeOffset RecordedAt { get; init; }
    }
}
