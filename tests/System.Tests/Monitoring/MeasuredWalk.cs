using Grpc.Core;
using OrderTracking.Compliance.V1;
using OrderTracking.TestKit;
using Xunit;
using ShipmentState = OrderTracking.Shipments.V1.Shipment.Types.State;

namespace OrderTracking.SystemTests.Monitoring;

/// <summary>Cleared and dispatched, dispatched and stopped by hand, held twice, blocked, and a licence: each metric has a value then.</summary>
internal static class MeasuredWalk
{
    public static async Task Run(Shop shop)
    {
        var day = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().AddDays(3).DateTime);
        var sketch = new OrderSketch { ShipDates = [day] };
        await shop.Dispatch((await shop.Screened(sketch)).Single().Name);
        var stopped = (await shop.Screened(sketch)).Single();
        await shop.Dispatch(stopped.Name);
        await shop.Officer.Holds.PlaceHoldAsync(new PlaceHoldRequest { Shipment = stopped.Name, Reason = "STOP_SHIP", Explanation = "The customer called." });
        foreach (var held in await shop.Screened(sketch with { Part = "NO-SUCH-PART", Destination = "VN", Buyer = "May Tinh", ShipDates = [day, day] }))
            await Assert.ThrowsAsync<RpcException>(() => shop.Dispatch(held.Name));
        var blocked = await shop.Screened(sketch with { Destination = "RU", Buyer = "Vychislitel" });
        Assert.Equal(ShipmentState.Blocked, blocked.Single().State);
        await shop.Analyst.Licences.RegisterLicenceAsync(new RegisterLicenceRequest
        {
            Licence = new Licence
            {
                Number = "D1234567",
                Authority = "BIS",
                Licensee = "NVIDIA",
                Rules = { "US-2025-04-NVIDIA-LETTER" },
                Lines = { new LicenceLine { Family = "H20", Quantity = 1_000 } },
                Parties = { new LicenceParty { Name = "Alibaba Cloud", Country = "CN" } },
                DestinationCountries = { "CN" },
                ValidFrom = OrderSketch.Wire(day.AddDays(-10)),
                ValidTo = OrderSketch.Wire(day.AddDays(30)),
            },
        });
    }
}
