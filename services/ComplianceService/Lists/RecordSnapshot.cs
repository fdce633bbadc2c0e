using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.ComplianceService.Recheck;
using OrderTracking.ComplianceService.Rules;

namespace OrderTracking.ComplianceService.Lists;

/// <summary>Makes a snapshot count: every decision after the commit is made with it, and the open shipments it touches are due.</summary>
internal sealed class RecordSnapshot(Knowledge knowledge, ListOptions options, RecheckSignal recheck, TimeProvider clock)
{
    /// <exception cref="Refusal">LIST_SNAPSHOT_OUTDATED: it was compared with another one than the one in force.</exception>
    public async Task Run(Tx tx, SnapshotRow row, IReadOnlyList<EntryChange> changes, TouchedShipments touched)
    {
        var before = await ListStore.InForce(tx, row.List);
        RefuseOutdated(row, before);
        var recordedAt = await knowledge.NextInstant(tx);
        if (before is not null)
        {
            before.State = SnapshotRow.Superseded;
            await Touch(tx, before, recordedAt);
        }

        row.State = SnapshotRow.InForce;
        row.RecordedAt = recordedAt;
        await Touch(tx, row, recordedAt);
        foreach (var change in changes)
        {
            if (change.Before is not null)
                await ListStore.EndSpan(tx, row.List, change.Entry, row.Number, recordedAt);
            if (change.After is { } after)
                await ListStore.BeginSpan(tx, row.List, after.Entry, after.Digest, row.Number, recordedAt);
        }

        if (await tx.Scalar<long>("select count(*) from list_thresholds") == 0)
            await ListStore.InsertThreshold(tx, options.Threshold, recordedAt);
        await ListStore.Record(tx, ListStore.Snapshot, row.Name, recordedAt);
        await touched.MakeDue(tx, clock.GetUtcNow());
        tx.AfterCommit(recheck.Wake);
    }

    public static void RefuseOutdated(SnapshotRow row, SnapshotRow? inForce)
    {
        if (row.BaseNumber != (inForce?.Number ?? 0))
            throw new Refusal(
                ListReasons.SnapshotOutdated,
                $"{row.Name} was compared with snapshot {row.BaseNumber}, and {inForce?.Name ?? "none"} counts. Import the list again.");
    }

    private static async Task Touch(Tx tx, SnapshotRow row, DateTimeOffset now)
    {
        row.Version++;
        row.UpdatedAt = now;
        if (!await ListStore.Update(tx, row))
            throw new Refusal(ListReasons.SnapshotOutdated, $"{row.Name} was decided on meanwhile.");
    }
}
