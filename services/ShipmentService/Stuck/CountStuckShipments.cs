using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Telemetry;

namespace OrderTracking.ShipmentService.Stuck;

/// <summary>Stuck shipments as a metric: what the list shows, counted by the missing step; 0 where nothing waits for a step.</summary>
internal static class CountStuckShipments
{
    private static readonly DatabaseGauge Stuck = new(
        "ordertracking.shipments.stuck", "{shipment}", "Shipments whose next step is overdue, by the step they wait for.");

    public static DatabaseCount Of(string database, ShipmentStuckOptions allowed) => new(database, [Stuck], (tx, now) => Take(tx, allowed, now));

    private static async Task<IReadOnlyList<Counted>> Take(Tx tx, ShipmentStuckOptions allowed, DateTimeOffset now)
    {
        var counts = (await StuckShipmentStore.Find(tx, allowed, now)).CountBy(step => step.Step).ToDictionary();
        return
        [
            .. MissingSteps.All.Select(step => new Counted(
                Stuck.Name, counts.GetValueOrDefault(step), new KeyValuePair<string, object?>("missing_step", step))),
        ];
    }
}
