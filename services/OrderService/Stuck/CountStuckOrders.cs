using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Telemetry;

namespace OrderTracking.OrderService.Stuck;

/// <summary>Stuck orders as a metric: what the list shows, counted by the missing step; 0 where nothing waits for a step.</summary>
internal static class CountStuckOrders
{
    private static readonly DatabaseGauge Stuck = new(
        "ordertracking.orders.stuck", "{order}", "Orders whose next step is overdue, by the step they wait for.");

    public static DatabaseCount Of(string database, OrderStuckOptions allowed) => new(database, [Stuck], (tx, now) => Take(tx, allowed, now));

    private static async Task<IReadOnlyList<Counted>> Take(Tx tx, OrderStuckOptions allowed, DateTimeOffset now)
    {
        var counts = (await StuckOrderStore.Find(tx, allowed, now)).CountBy(step => step.Step).ToDictionary();
        return
        [
            .. MissingSteps.All.Select(step => new Counted(
                Stuck.Name, counts.GetValueOrDefault(step), new KeyValuePair<string, object?>("missing_step", step))),
        ];
    }
}
