using System.Diagnostics.Metrics;
using OrderTracking.BuildingBlocks.Telemetry;

namespace OrderTracking.ShipmentService.Stuck;

/// <summary>Stuck shipments as a metric: what the list shows, counted by the missing step.</summary>
internal sealed class CountStuckShipments(ShipmentsDb db, ShipmentOptions options, TimeProvider clock, IMeterFactory meters, ILogger<CountStuckShipments> logger)
    : SampledGauge(meters, (Name, "{shipment}", "Shipments whose next step is overdue."), "missing_step", options.Stuck.Interval, logger)
{
    private const string Name = "ordertracking.shipments.stuck";

    protected override async Task<IReadOnlyDictionary<string, long>> Count(CancellationToken cancellation)
    {
        var steps = await db.Read(tx => StuckShipmentStore.Find(tx, options.Stuck, clock.GetUtcNow()), cancellation);
        var counts = steps.CountBy(step => step.Step).ToDictionary(count => count.Key, count => (long)count.Value);
        return MissingSteps.All.ToDictionary(step => step, step => counts.GetValueOrDefault(step));
    }
}
