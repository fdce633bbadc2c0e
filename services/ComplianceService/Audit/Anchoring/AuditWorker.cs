using OrderTracking.BuildingBlocks.Data;
using OrderTracking.ComplianceService.Audit.Chain;
using OrderTracking.ComplianceService.Audit.Checkpoints;

namespace OrderTracking.ComplianceService.Audit.Anchoring;

/// <summary>Makes checkpoints as the chain grows, and writes its head down on a schedule.</summary>
internal sealed partial class AuditWorker(
    ComplianceDb db, AnchorKeeper anchors, AuditOptions options, TimeProvider clock, ILogger<AuditWorker> logger) : BackgroundService
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);

    // The schedule is of the machine that holds the file; the clock of a demo may stand still or jump.
    private static readonly TimeProvider Wall = TimeProvider.System;
    private long? _anchored;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookInterval);
        do
        {
            try
            {
                await Look(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // Whatever went wrong, the next look is a second away; entries are in the chain already.
            catch (Exception error)
#pragma warning restore CA1031
            {
                LogFailed(logger, error);
            }
        }
        while (await Next(timer, stoppingToken));
    }

    private static async Task<bool> Next(PeriodicTimer timer, CancellationToken stopping)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stopping);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task Look(CancellationToken cancellation)
    {
        if (await db.Read(IsDue, cancellation))
            await db.Write(tx => CheckpointStore.Make(tx, clock.GetUtcNow()), cancellation);
        if (!anchors.IsSet || (_anchored is { } last && Wall.GetElapsedTime(last) < options.AnchorInterval))
            return;
        _anchored = Wall.GetTimestamp();
        await anchors.Write(cancellation);
    }

    private async Task<bool> IsDue(Tx tx)
    {
        var last = await CheckpointStore.Last(tx);
        return (await AuditChain.Head(tx)).Seq - (last?.Size ?? 0) >= options.CheckpointEntries;
    }

    [LoggerMessage(EventId = 3102, EventName = "AuditWorkerFailed", Level = LogLevel.Error, Message = "A checkpoint or an anchor could not be made")]
    private static partial void LogFailed(ILogger logger, Exception error);
}
