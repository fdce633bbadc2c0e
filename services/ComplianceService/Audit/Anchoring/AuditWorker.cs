using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Leasing;
using OrderTracking.ComplianceService.Audit.Chain;
using OrderTracking.ComplianceService.Audit.Checkpoints;

namespace OrderTracking.ComplianceService.Audit.Anchoring;

/// <summary>
/// Makes checkpoints as the chain grows, and writes its head down on a schedule: in one process of all. Every other holds the chain against
/// the anchors on the same schedule, so that each can tell of a chain that differs.
/// </summary>
internal sealed partial class AuditWorker(
    ComplianceDb db, AnchorKeeper anchors, AuditOptions options, TimeProvider clock, ILogger<AuditWorker> logger) : BackgroundService
{
    private const string LeaseName = "audit";
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);

    // The schedule is of the machine that holds the file; the clock of a demo may stand still or jump.
    private static readonly TimeProvider Wall = MicrosecondClock.Machine;
    private readonly LeaseLoop _loop = new(db, LeaseName, logger);
    private long? _anchored;

    // The start has compared.
    private long _compared = Wall.GetTimestamp();

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        _loop.Run((lease, ending) => EverySecond(() => Look(lease, ending), ending), stoppingToken),
        EverySecond(() => Follow(stoppingToken), stoppingToken));

    private async Task EverySecond(Func<Task> look, CancellationToken ending)
    {
        using var timer = new PeriodicTimer(LookInterval, Wall);
        do
        {
            try
            {
                await look();
            }
#pragma warning disable CA1031 // Whatever went wrong, the next look is a second away; entries are in the chain already.
            catch (Exception error) when (error is not OperationCanceledException)
#pragma warning restore CA1031
            {
                LogFailed(logger, error);
            }
        }
        while (await timer.WaitForNextTickAsync(ending));
    }

    private async Task Look(Lease lease, CancellationToken cancellation)
    {
        if (await db.Read(IsDue, cancellation))
            await db.Write(tx => Make(tx, lease), cancellation);
        if (!anchors.IsSet || (_anchored is { } last && Wall.GetElapsedTime(last) < options.AnchorInterval))
            return;
        _anchored = Wall.GetTimestamp();
        await anchors.Write(lease, cancellation);
    }

    private async Task Follow(CancellationToken cancellation)
    {
        if (_loop.Held is not null || !anchors.IsSet || Wall.GetElapsedTime(_compared) < options.AnchorInterval)
            return;
        _compared = Wall.GetTimestamp();
        await anchors.Compare(cancellation);
    }

    private async Task<Checkpoint?> Make(Tx tx, Lease lease)
    {
        await Leases.Require(tx, lease);
        return await CheckpointStore.Make(tx, clock.GetUtcNow());
    }

    private async Task<bool> IsDue(Tx tx)
    {
        var last = await CheckpointStore.Last(tx);
        return (await AuditChain.Head(tx)).Seq - (last?.Size ?? 0) >= options.CheckpointEntries;
    }

    [LoggerMessage(EventId = 3102, EventName = "AuditWorkerFailed", Level = LogLevel.Error, Message = "A checkpoint or an anchor could not be made")]
    private static partial void LogFailed(ILogger logger, Exception error);
}
