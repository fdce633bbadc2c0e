using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Leasing;
using OrderTracking.ComplianceService.Holds;
using OrderTracking.ComplianceService.Rules;
using OrderTracking.ComplianceService.Shipments;

namespace OrderTracking.ComplianceService.Recheck;

/// <summary>
/// Looks every second, and at once after a publication by this process, for shipments to decide again, in one process of all. What is due
/// is in the database, not here: a process that ends in the middle leaves the rest to the next. What a publication makes due is swept; what
/// time makes due is read in batches, each of one snapshot, and decided outside any transaction: most of it still stands and is marked at
/// once, the rest is decided again in transactions.
/// </summary>
internal sealed partial class RecheckWorker(
    ComplianceDb db, Knowledge knowledge, RecheckSweep sweep, RecheckBatch again, RecheckSignal signal, TimeProvider clock, ILogger<RecheckWorker> logger)
    : BackgroundService
{
    /// <summary>Shipments found by one look.</summary>
    public const int LookShipmentsMax = 10_000;

    /// <summary>Shipments read and decided at a time.</summary>
    public const int BatchShipmentsMax = 500;

    private const string LeaseName = "recheck";
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);
    private (long Version, long Seq) _covered;
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
        var (after, end) = (0L, 0L);
        await Sweep(lease, cancellation);
        while (true)
        {
            (var due, end, var isCovered) = await Due(after, cancellation);
            if (!isCovered)
            {
                await Sweep(lease, cancellation);
                continue;
            }

            if (due.Count == 0)
                break;
            foreach (var batch in due.Chunk(BatchShipmentsMax))
                await again.Run(lease, [.. (await Confirm(lease, batch, cancellation)).Select(shipment => new Again(shipment.ShipmentId))], cancellation);
            after = due.Max(shipment => shipment.Seq);
        }

        // Nothing up to there is behind: what comes is decided with what is known then.
        if (after == 0 && end > _covered.Seq)
            _covered = _covered with { Seq = end };
    }

    // What was published during it makes all of them due once more: that is the next sweep's work, and not that of the looks below.
    private async Task Sweep(Lease lease, CancellationToken cancellation)
    {
        await knowledge.Refresh(cancellation);
        var covered = await sweep.Run(lease, cancellation);
        if (covered.Version != _covered.Version || covered.Seq > _covered.Seq)
            _covered = covered;
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

    // Not covered: another version is known than the sweep was of, and what is behind that is a sweep's to find.
    private Task<(List<DueShipment> Shipments, long End, bool IsCovered)> Due(long after, CancellationToken cancellation) => db.Read(
        async tx =>
        {
            var version = (await knowledge.Current(tx)).Version;
            var isCovered = version == _covered.Version;
            var behind = version == 0 || !isCovered
                ? [] : await ShipmentStore.Behind(tx, version, Math.Max(after, _covered.Seq), LookShipmentsMax);
            var late = await ShipmentStore.Due(tx, clock.GetUtcNow(), after, LookShipmentsMax);
            var due = behind.Concat(late).DistinctBy(shipment => shipment.Seq).OrderBy(shipment => shipment.Seq).Take(LookShipmentsMax).ToList();
            return (due, await ShipmentStore.Last(tx), isCovered);
        },
        cancellation);

    [LoggerMessage(EventId = 3001, EventName = "RecheckPassFailed", Level = LogLevel.Error, Message = "The look for shipments to decide again failed")]
    private static partial void LogPassFailed(ILogger logger, Exception error);
}
