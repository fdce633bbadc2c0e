using Microsoft.Extensions.DependencyInjection;
using OrderTracking.BuildingBlocks.Messaging;
using OrderTracking.ComplianceService.Shipments;
using OrderTracking.ComplianceService.Tests.Service;
using OrderTracking.Contracts;
using OrderTracking.Contracts.Shipments;

namespace OrderTracking.ComplianceService.Tests.Recheck;

/// <summary>Many open shipments, told as events are but without the bus, whose speed is not asked about here.</summary>
internal static class ManyShipments
{
    private const int ShipmentsATransaction = 200;

    /// <param name="destinationOf">The destination of the nth shipment.</param>
    public static async Task Plan(ComplianceHost host, int count, string part, string plannedShipDate, Func<int, string> destinationOf)
    {
        var follow = ActivatorUtilities.GetServiceOrCreateInstance<FollowShipments>(host.Services);
        var context = new EventContext(Guid.Empty, host.Clock.GetUtcNow(), null);
        foreach (var numbers in Enumerable.Range(0, count).Chunk(ShipmentsATransaction))
            await host.Db.Write(async tx =>
            {
                foreach (var number in numbers)
                    await follow.Handle(tx, Planned(host, part, Goods.Day(plannedShipDate), destinationOf(number)), context);
            });
    }

    private static ShipmentPlanned Planned(ComplianceHost host, string part, DateOnly date, string destination)
    {
        var buyer = new PartyFacts("END_USER", "Aurora Systems", destination, destination, true, null, null, null);
        var snapshot = new ShipmentSnapshot(
            Guid.CreateVersion7(), 1, 1, "PLANNED", Guid.CreateVersion7(), 1, 1, new ItemReference(part, null, null), 10,
            new MoneyAmount("USD", 1_200_000), "NVIDIA", [buyer], destination, "US", "America/Los_Angeles", "EXPORT", date, date, null, null);
        return new ShipmentPlanned(Guid.CreateVersion7(), host.Clock.GetUtcNow(), "erp", snapshot);
    }
}
