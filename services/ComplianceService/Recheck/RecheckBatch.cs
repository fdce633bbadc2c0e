using System.Diagnostics;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Leasing;
using OrderTracking.BuildingBlocks.Telemetry;
using OrderTracking.ComplianceService.Decisions;
using OrderTracking.ComplianceService.Rules;
using OrderTracking.ComplianceService.Shipments;
using OrderTracking.Wire;

namespace OrderTracking.ComplianceService.Recheck;

/// <summary>A shipment that is decided again in a transaction.</summary>
/// <param name="Read">As read, with what was decided of it then; null: both are to be done in the transaction.</param>
internal sealed record Again(Guid Id, KnownShipment? Read = null, Verdict? Verdict = null);

/// <summary>
/// Decides shipments again that something changed for, several in a transaction: some, and more as long as nobody else waits for the writer.
/// What was decided of one outside is stored where neither the shipment nor what is known has moved since.
/// </summary>
internal sealed partial class RecheckBatch(
    ComplianceDb db, Knowledge knowledge, RecheckShipment recheck, TimeProvider clock, ILogger<RecheckBatch> logger)
{
    /// <summary>Shipments of a transaction at most: its commit is what a caller waits for.</summary>
    public const int ShipmentsMax = 256;

    /// <summary>Shipments of a transaction whoever waits: a commit for each one that does would cost more than deciding.</summary>
    public const int ShipmentsMin = 16;

    /// <summary>Returns those that could not be decided.</summary>
    public async Task<IReadOnlyList<Guid>> Run(Lease lease, IReadOnlyList<Again> shipments, CancellationToken cancellation)
    {
        var failed = new List<Guid>();
        for (var done = 0; done < shipments.Count;)
        {
            var from = done;
            try
            {
                done += await Several(lease, shipments, from, ShipmentsMax, cancellation);
            }
#pragma warning disable CA1031 // One of them: each is tried alone below, and tells of itself.
            catch (Exception error) when (error is not OperationCanceledException)
#pragma warning restore CA1031
            {
                done = Math.Min(shipments.Count, from + ShipmentsMax);
                for (var index = from; index < done; index++)
                    if (!await Alone(lease, shipments, index, cancellation))
                        failed.Add(shipments[index].Id);
            }
        }

        return failed;
    }

    /// <summary>Makes shipments due that could not be decided, so that the next look finds them.</summary>
    public async Task Keep(Tx tx, IReadOnlyList<Guid> failed)
    {
        foreach (var id in failed)
            await tx.Execute("update shipments set decide_again_at = @now where shipment_id = @id", new { id, now = clock.GetUtcNow() });
    }

    // One that fails is left for the next look and does not keep the others from being decided.
    private async Task<bool> Alone(Lease lease, IReadOnlyList<Again> shipments, int index, CancellationToken cancellation)
    {
        try
        {
            await Several(lease, [shipments[index] with { Verdict = null }], 0, 1, cancellation);
            return true;
        }
#pragma warning disable CA1031 // As above: the others go on.
        catch (Exception error) when (error is not OperationCanceledException)
#pragma warning restore CA1031
        {
            LogShipmentFailed(logger, shipments[index].Id, error);
            return false;
        }
    }

    private async Task<int> Several(Lease lease, IReadOnlyList<Again> shipments, int from, int max, CancellationToken cancellation)
    {
        var count = Math.Min(max, shipments.Count - from);
        // They end after the commit, which tells them what was stored; a closure that is run again goes on with those it began.
        var spans = new List<Activity?>(count);
        try
        {
            return await db.Write(
                async tx =>
                {
                    await Leases.Require(tx, lease);
                    var (head, done) = (await knowledge.Current(tx), 0);
                    while (done < count && (done < ShipmentsMin || !db.IsAwaited))
                    {
                        if (spans.Count == done)
                            spans.Add(Started(shipments[from + done].Id));
                        Activity.Current = spans[done];
                        await Run(tx, head, shipments[from + done++]);
                        Activity.Current = null;
                    }

                    return done;
                },
                cancellation);
        }
        finally
        {
            foreach (var span in spans)
                span?.Dispose();
            Activity.Current = null;
        }
    }

    // Nobody called: the decision, its holds and its events are a trace of their own.
    private static Activity? Started(Guid id)
    {
        Activity.Current = null;
        var activity = Spans.Source.StartActivity("compliance.recheck-shipment", ActivityKind.Internal, parentContext: default);
        Spans.Tag(SpanKeys.Shipment, id);
        Activity.Current = null;
        return activity;
    }

    private async Task Run(Tx tx, KnowledgeHead head, Again shipment)
    {
        if (shipment is { Read: { } read, Verdict: { } verdict } && ReferenceEquals(verdict.Head, head) && await ShipmentStore.IsAsRead(tx, read))
            await ScreenShipment.Settle(tx, read, verdict, Occasion.Recheck, RecheckShipment.Actor, isAsStored: true);
        else
            await recheck.Run(tx, shipment.Id);
    }

    [LoggerMessage(EventId = 3002, EventName = "RecheckFailed", Level = LogLevel.Error, Message = "Shipment {ShipmentId} could not be decided again")]
    private static partial void LogShipmentFailed(ILogger logger, Guid shipmentId, Exception error);
}
