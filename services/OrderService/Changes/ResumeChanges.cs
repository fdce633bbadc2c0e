using System.Diagnostics;
using Grpc.Core;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.BuildingBlocks.Telemetry;
using OrderTracking.Wire;

namespace OrderTracking.OrderService.Changes;

/// <summary>Finishes changes whose call or process, be it another one, ended before the shipment service answered: at start and every few seconds.</summary>
internal sealed class ResumeChanges(OrdersDb db, ChangeWalk walk, OrderTurns turns, ILogger<ResumeChanges> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(OrderLimits.ChangeResumeSeconds);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // By the wall clock: a simulated one may stand still.
        using var timer = new PeriodicTimer(Interval, TimeProvider.System);
        do
        {
            try
            {
                await ResumeAll(stoppingToken);
            }
            catch (Exception error) when (error is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                Log.ChangesNotResumed(logger, error);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task ResumeAll(CancellationToken stopping)
    {
        foreach (var orderId in await db.Read(tx => ChangeStore.OldestOrders(tx, OrderLimits.ChangeResumeRowsMax), stopping))
        {
            stopping.ThrowIfCancellationRequested();
            // A call that walks the change itself has the turn.
            using var turn = turns.TryTake(orderId);
            if (turn is not null)
                await Resume(orderId, stopping);
        }
    }

    private async Task Resume(Guid orderId, CancellationToken stopping)
    {
        if (await db.Read(tx => ChangeStore.Find(tx, orderId), stopping) is not { } change)
            return;
        ActivityContext.TryParse(change.Traceparent, null, isRemote: true, out var parent);
        using var activity = Spans.Source.StartActivity("orders.resume-change", ActivityKind.Internal, parent);
        Spans.Tag(SpanKeys.Order, orderId);
        try
        {
            if (await walk.TryFinish(orderId, stopping))
                Log.ChangeFinished(logger, orderId, change.Revision);
        }
        catch (RpcException refused) when (ShipmentAnswers.Of(refused) == ShipmentAnswer.Refused)
        {
            Log.ChangeRefused(logger, orderId, change.Revision, refused.Status.Detail);
        }
        catch (Refusal refusal)
        {
            Log.ChangeWaits(logger, orderId, change.Revision, refusal.Reason.Name);
        }
        catch (RpcException error)
        {
            Log.ChangeFailed(logger, error, orderId, change.Revision);
        }
    }
}
