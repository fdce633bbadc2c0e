using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.BuildingBlocks.Telemetry;
using OrderTracking.ShipmentService.Watching;
using OrderTracking.Wire;

namespace OrderTracking.ShipmentService.Shipments;

/// <summary>Saves steps with everything that goes with them: rows and histories, the changes watchers see, the events.</summary>
internal sealed class SaveShipment(ChangeSignal signal)
{
    /// <param name="steps">Steps of one order, in their order.</param>
    /// <param name="known">How many shipments the order has, where the transaction has read all of them; null: they are counted.</param>
    /// <exception cref="Refusal">SHIPMENTS_TOO_MANY.</exception>
    public async Task Run(Tx tx, IReadOnlyList<ShipmentStep> steps, long? known = null)
    {
        if (steps.Count == 0)
            return;
        await RequireRoom(tx, steps, known);
        foreach (var step in steps)
        {
            await ShipmentStore.Save(tx, step);
            await ChangeLog.Add(tx, step.After);
            await ShipmentEvents.Add(tx, step);
        }

        Spans.TagWhenCommitted(tx, SpanKeys.Order, steps[0].After.OrderId.ToString("D"));
        Spans.TagWhenCommitted(tx, SpanKeys.Shipment, [.. steps.Select(step => step.After.Id.ToString("D"))]);
        tx.AfterCommit(signal.Wake);
    }

    private static async Task RequireRoom(Tx tx, IReadOnlyList<ShipmentStep> steps, long? known)
    {
        var added = steps.Count(step => step.Before is null);
        if (added > 0 && (known ?? await ShipmentStore.CountOfOrder(tx, steps[0].After.OrderId)) + added > ShipmentLimits.ShipmentsPerOrderMax)
            throw new Refusal(
                ShipmentReasons.ShipmentsTooMany,
                $"An order has at most {ShipmentLimits.ShipmentsPerOrderMax} shipments, cancelled ones counted.");
    }
}
