using System.Diagnostics.Metrics;
using OrderTracking.BuildingBlocks.Telemetry;

namespace OrderTracking.OrderService.Stuck;

/// <summary>Stuck orders as a metric: what the list shows, counted by the missing step.</summary>
internal sealed class CountStuckOrders(OrdersDb db, OrderOptions options, TimeProvider clock, IMeterFactory meters, ILogger<CountStuckOrders> logger)
    : SampledGauge(meters, (Name, "{order}", "Orders whose next step is overdue."), "missing_step", options.Stuck.Interval, logger)
{
    private const string Name = "ordertracking.orders.stuck";

    protected override async Task<IReadOnlyDictionary<string, long>> Count(CancellationToken cancellation)
    {
        var steps = await db.Read(tx => StuckOrderStore.Find(tx, options.Stuck, clock.GetUtcNow()), cancellation);
        var counts = steps.CountBy(step => step.Step).ToDictionary(count => count.Key, count => (long)count.Value);
        return MissingSteps.All.ToDictionary(step => step, step => counts.GetValueOrDefault(step));
    }
}
