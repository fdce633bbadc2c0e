using System.Diagnostics;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Telemetry;
using OrderTracking.Wire;

namespace OrderTracking.ShipmentService.Dispatches;

/// <summary>
/// Resumes every dispatch that has no answer yet and that nobody asks for, here or in another process: at start and then again and again,
/// so that every DISPATCHING ends.
/// </summary>
internal sealed class ResumeDispatches(
    ShipmentsDb db, FinishDispatch finish, ShipmentOptions options, ILogger<ResumeDispatches> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Sockets and threads wait by the wall clock, also while the business clock is a simulated one.
        using var timer = new PeriodicTimer(options.ResumeInterval, TimeProvider.System);
        do
        {
            try
            {
                await Resume(stoppingToken);
            }
            catch (Exception error) when (error is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                Log.ResumeFailed(logger, error);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task Resume(CancellationToken stopping)
    {
        var open = await db.Read(Unattended, stopping);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = ShipmentLimits.ResumedDispatchesMax, CancellationToken = stopping };
        await Parallel.ForEachAsync(open, parallel, async (attempt, _) =>
        {
            ActivityContext.TryParse(attempt.Traceparent, null, isRemote: true, out var parent);
            using var activity = Spans.Source.StartActivity("shipments.resume-dispatch", ActivityKind.Internal, parent);
            Spans.Tag(SpanKeys.Shipment, attempt.ShipmentId);
            // One that cannot be finished, which is logged where it happens, must not keep the others waiting.
            await ((Task)finish.Run(attempt)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        });
    }

    private async Task<IReadOnlyList<DispatchAttempt>> Unattended(Tx tx)
    {
        var unattended = new List<DispatchAttempt>();
        foreach (var attempt in await DispatchStore.AllOpen(tx))
            if (await db.Leases.IsFree(tx, DispatchStore.LeaseOf(attempt.Id)))
                unattended.Add(attempt);
        return unattended;
    }
}
