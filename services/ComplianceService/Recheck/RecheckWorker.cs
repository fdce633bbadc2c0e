using System.Diagnostics;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Leasing;
using OrderTracking.BuildingBlocks.Telemetry;
using OrderTracking.ComplianceService.Holds;
using OrderTracking.ComplianceService.Rules;
using OrderTracking.ComplianceService.Shipments;
using OrderTracking.Wire;

namespace OrderTracking.ComplianceService.Recheck;

/// <summary>
/// Looks every second, and at once after a publication by this process, for shipments to decide again, in one process of all. What is due
/// is in the database, not here: a process that ends in the middle leaves the rest to the next. A batch is read in one snapshot and decided
/// outside any transaction; most of it still stands and is marked at once, the rest is decided again each in a transaction of its own.
/// </summary>
internal sealed partial class RecheckWorker(
    ComplianceDb db, Knowledge knowledge, RecheckShipment recheck, RecheckSignal signal, TimeProvider clock, ILogger<RecheckWorker> logger)
    : BackgroundService
{
    /// <summary>Shipments found by one look.</summary>
    public const int LookShipmentsMax = 10_000;

    /// <summary>Shipments read and decided at a time.</summary>
    public const int BatchShipmentsMax = 500;

    /// <summary>Shipments changed at a time; their transactions share a commit, and those of callers come in between.</summary>
    public const int ChangesMax = 32;

    private const string LeaseName = "recheck";
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);
    private long looks;

    /// <summary>Counts the looks of this process that ended with nothing left to do; it stands still while another has the work.</summary>
    public long Looks => Interlocked.Read(ref looks);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        new LeaseLoop(db, LeaseName, logger).Run(Work, stoppingToken);

    private async Task Work(Lease lease, CancellationToken ending)
    {
        while (true)
        {
            try
            {
                await Pass(lease, ending);
                Interlocked.Increment(ref looks);
                await signal.Wait(LookInterval, ending);
            }
#pragma warning disable CA1031 // Whatever went wrong, the next look is a second away; a clock that stops deciding would let goods go.
            catch (Exception error) when (error is not OperationCanceledException)
#pragma warning restore CA1031
            {
                LogPassFailed(logger, error);
                await Task.Delay(LookInterval, TimeProvider.System, ending);
            }
        }
    }

    private async Task Pass(Lease lease, CancellationToken cancellation)
    {
        await knowledge.Refresh(cancellation);
        var after = 0L;
        while (true)
        {
            var due = await Due(after, cancellation);
            if (due.Count == 0)
                return;
            foreach (var batch in due.Chunk(BatchShipmentsMax))
                foreach (var changed in (await Confirm(lease, batch, cancellation)).Chunk(ChangesMax))
                    await Task.WhenAll(changed.Select(shipment => Recheck(lease, shipment.ShipmentId, cancellation)));
            after = due.Max(shipment => shipment.Seq);
        }
    }

    /// <summary>Marks what still stands, and returns the rest.</summary>
    private async Task<IReadOnlyList<DueShipment>> Confirm(Lease lease, DueShipment[] due, CancellationToken cancellation)
    {
        var seqs = Array.ConvertAll(due, shipment => shipment.Seq);
        var batch = await db.Read(tx => RecheckStore.Load(tx, knowledge, seqs), cancellation);
        var now = clock.GetUtcNow();
        var standing = new List<Confirmation>(due.Length);
        foreach (var (shipment, holds) in batch.Shipments)
            if (TryConfirm(shipment, holds, batch.Head, now) is { } confirmation)
                standing.Add(confirmation);
        if (standing.Count > 0 && !await db.Write(tx => Mark(tx, lease, batch.Head, standing), cancellation))
            return due;
        var stands = standing.Select(confirmation => confirmation.Seq).ToHashSet();
        return [.. due.Where(shipment => !stands.Contains(shipment.Seq))];
    }

    private async Task<bool> Mark(Tx tx, Lease lease, KnowledgeHead head, List<Confirmation> standing)
    {
        await Leases.Require(tx, lease);
        return await RecheckStore.Confirm(tx, knowledge, head, standing);
    }

    // One that cannot be decided must not keep its batch from it: its own transaction says what is wrong with it.
    private static Confirmation? TryConfirm(KnownShipment shipment, IReadOnlyList<Hold> holds, KnowledgeHead head, DateTimeOffset now)
    {
        try
        {
            return Confirmation.Of(shipment, holds, head, now);
        }
#pragma warning disable CA1031 // Whatever it is, the full transaction meets it too and tells of it; the others of the batch are marked meanwhile.
        catch (Exception)
#pragma warning restore CA1031
        {
            return null;
        }
    }

    private Task<List<DueShipment>> Due(long after, CancellationToken cancellation) => db.Read(
        async tx =>
        {
            var version = (await knowledge.Current(tx)).Version;
            var behind = await ShipmentStore.Behind(tx, version, after, LookShipmentsMax);
            var late = await ShipmentStore.Due(tx, clock.GetUtcNow(), after, LookShipmentsMax);
            return behind.Concat(late).DistinctBy(shipment => shipment.Seq).OrderBy(shipment => shipment.Seq).Take(LookShipmentsMax).ToList();
        },
        cancellation);

    // One that fails is left for the next look and does not keep the others from being decided.
    private async Task Recheck(Lease lease, Guid id, CancellationToken cancellation)
    {
        // Nobody called: the decision, its holds and its events are a trace of their own.
        using var activity = Spans.Source.StartActivity("compliance.recheck-shipment", ActivityKind.Internal, parentContext: default);
        Spans.Tag(SpanKeys.Shipment, id);
        try
        {
            await db.Write(
                async tx =>
                {
                    await Leases.Require(tx, lease);
                    await recheck.Run(tx, id);
                },
                cancellation);
        }
#pragma warning disable CA1031 // As above: the others go on.
        catch (Exception error) when (error is not OperationCanceledException)
#pragma warning restore CA1031
        {
            LogShipmentFailed(logger, id, error);
        }
    }

    [LoggerMessage(EventId = 3001, EventName = "RecheckPassFailed", Level = LogLevel.Error, Message = "The look for shipments to decide again failed")]
    private static partial void LogPassFailed(ILogger logger, Exception error);

    [LoggerMessage(EventId = 3002, EventName = "RecheckFailed", Level = LogLevel.Error, Message = "Shipment {ShipmentId} could not be decided again")]
    private static partial void LogShipmentFailed(ILogger logger, Guid shipmentId, Exception error);
}
