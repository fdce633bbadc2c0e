using System.Globalization;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.ComplianceService.Audit;
using OrderTracking.ComplianceService.Recheck;
using OrderTracking.ComplianceService.Rules;
using OrderTracking.ComplianceService.Shipments;

namespace OrderTracking.ComplianceService.Lists;

/// <summary>
/// Before anything is served: gives shipments from before there were lists the rows of their parties, and records a threshold that was
/// configured anew, so that decisions before it are explained by the one before it.
/// </summary>
internal sealed class ListsStart(ComplianceDb db, Knowledge knowledge, ListOptions options, TimeProvider clock) : IHostedLifecycleService
{
    private const string Action = "lists.threshold";
    private const string Subject = "lists/-";
    private const int BatchShipments = 1_000;

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        for (long? after = 0; after is not null;)
        {
            var from = after.Value;
            after = await db.Write(tx => EnterParties(tx, from), cancellationToken);
        }

        await knowledge.Publish(() => db.Write(RecordThreshold, cancellationToken));
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static async Task<long?> EnterParties(Tx tx, long after)
    {
        var rows = await ShipmentParties.Without(tx, after, BatchShipments);
        foreach (var row in rows)
            await ShipmentParties.Replace(tx, row.ShipmentId, StoredFacts.Read(row.Facts).Parties);
        return rows.Count == 0 ? null : rows[^1].Seq;
    }

    /// <summary>While no list ever counted there is nothing to record; the first snapshot records its threshold itself.</summary>
    private async Task<bool> RecordThreshold(Tx tx)
    {
        var lists = (await knowledge.Current(tx)).Lists;
        var before = lists.ThresholdAt(DateTimeOffset.MaxValue);
        if (!lists.IsLoaded(DateTimeOffset.MaxValue) || before == options.Threshold)
            return false;
        var recordedAt = await knowledge.NextInstant(tx);
        await ListStore.InsertThreshold(tx, options.Threshold, recordedAt);
        await ListStore.Record(tx, ListStore.Threshold, Subject, recordedAt);
        await AuditLog.Record(
            tx, RecheckShipment.Actor, Action, Subject, AuditLog.Done,
            string.Create(CultureInfo.InvariantCulture, $"the threshold was {before} and is {options.Threshold}"), recordedAt);
        var now = clock.GetUtcNow();
        foreach (var party in await ShipmentParties.Open(tx, 0))
            if (lists.Search(party.ToParty(), Math.Min(before, options.Threshold), recordedAt).Any(
                found => found.Hit.Score < Math.Max(before, options.Threshold)))
                await ShipmentParties.MakeDue(tx, party, now);
        return true;
    }
}
