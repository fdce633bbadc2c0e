using System.Diagnostics;
using OrderTracking.ComplianceService.Holds;
using OrderTracking.ComplianceService.Rules;
using OrderTracking.ComplianceService.Shipments;

namespace OrderTracking.ComplianceService.Recheck;

/// <summary>
/// Looks every second, and at once after a publication, for shipments to decide again, and takes into memory what another process
/// recorded. What is due is in the database, not here: a process that ends in the middle goes on where it stopped. A batch is read in
/// one snapshot and decided outside any transaction; most of it still stands and is marked at once, the rest is decided again each in
/// a transaction of its own.
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

    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);
    private static readonly ActivitySource Source = new("OrderTracking");
    private long looks;

    /// <summary>Counts the looks that ended with nothing left to do.</summary>
    public long Looks => Interlocked.Read(ref looks);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Pass(stoppingToken);
                Interlocked.Increment(ref looks);
                await signal.Wait(LookInterval, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // Whatever went wrong, the next look is a second away; a clock that stops deciding would let goods go.
            catch (Exception error)
#pragma warning restore CA1031
            {
                LogPassFailed(logger, error);
                await Task.Delay(LookInterval, TimeProvider.System, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task Pass(CancellationToken cancellation)
    {
        await knowledge.Refresh(cancellation);
        var after = 0L;
        while (true)
        {
            var due = await Due(after, cancellation);
            if (due.Count == 0)
                return;
            foreach (var batch in due.Chunk(BatchShipmentsMax))
                foreach (var changed in (await Confirm(batch, cancellation)).Chunk(ChangesMax))
                    await Task.WhenAll(changed.Select(shipment => Recheck(shipment.ShipmentId, cancellation)));
            after = due.Max(shipment => shipment.Seq);
        }
    }

    /// <summary>Marks what still stands, and returns the rest.</summary>
    private async Task<IReadOnlyList<DueShipment>> Confirm(DueShipment[] due, CancellationToken cancellation)
    {
        var seqs = Array.ConvertAll(due, shipment => shipment.Seq);
        var batch = await db.Read(tx => RecheckStore.Load(tx, knowledge, seqs), cancellation);
        var now = clock.GetUtcNow();
        var standing = new List<Confirmation>(due.Length);
        foreach (var (shipment, holds) in batch.Shipments)
            if (TryConfirm(shipment, holds, batch.Head, now) is { } confirmation)
                standing.Add(confirmation);
        if (standing.Count > 0 && !await db.Write(tx => RecheckStore.Confirm(tx, knowledge, batch.Head, standing), cancellation))
            return due;
        var stands = standing.Select(confirmation => confirmation.Seq).ToHashSet();
        return [.. due.Where(shipment => !stands.Contains(shipment.Seq))];
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
    private async Task Recheck(Guid id, CancellationToken cancellation)
    {
        // Nobody called: the decision, its holds and its events are a trace of their own.
        using var activity = Source.StartActivity("compliance.recheck", ActivityKind.Internal, parentContext: default);
        try
        {
            await db.Write(tx => recheck.Run(tx, id), cancellation);
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
