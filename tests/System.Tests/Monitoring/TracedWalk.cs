using Grpc.Core;
using OrderTracking.Compliance.V1;
using OrderTracking.Orders.V1;
using OrderTracking.Shipments.V1;
using OrderTracking.TestKit;
using OrderTracking.TestKit.Distributed;
using OrderTracking.Types.V1;
using Xunit;
using ShipmentState = OrderTracking.Shipments.V1.Shipment.Types.State;

namespace OrderTracking.SystemTests.Monitoring;

/// <summary>All that makes an activity of the system's own happen once: the measured walk, and what that does not come to.</summary>
internal sealed class TracedWalk(Shop shop, TcpProxy toShipments, TcpProxy toCompliance)
{
    private static readonly WorkingDay Today = WorkingDay.Now();
    private static readonly DateOnly Day = Today.Today;
    private static readonly OrderSketch Lawful = new() { ShipDates = [Day], Zone = Today.Zone };

    public async Task Run()
    {
        await MeasuredWalk.Run(shop);
        await Release();
        await Recheck();
        await BeRefused();
        await ResumeChange();
        await ResumeDispatch();
        await new AuditService.AuditServiceClient(shop.Auditor.Invoker).VerifyAuditTrailAsync(new VerifyAuditTrailRequest());
    }

    private async Task Release()
    {
        var shipment = (await shop.Screened(Lawful)).Single();
        var hold = await shop.Officer.Holds.PlaceHoldAsync(
            new PlaceHoldRequest { Shipment = shipment.Name, Reason = "STOP_SHIP", Explanation = "The customer called." });
        await shop.Becomes(shipment.Name, ShipmentState.Held);
        var release = await shop.Officer.Holds.ProposeReleaseAsync(
            new ProposeReleaseRequest { Hold = hold.Name, ReasonCode = "OTHER", Note = "The customer called again." });
        await shop.SecondOfficer.Holds.ApproveReleaseAsync(new ApproveReleaseRequest { Name = release.Name });
        await shop.Becomes(shipment.Name, ShipmentState.Ready);
    }

    private async Task Recheck()
    {
        var facts = new ItemFacts { Tpp = 100, PerformanceDensity = 1, IoBandwidthGbps = 10, MemoryBandwidthGbps = 10, DesignedForDataCenter = true };
        var shipment = (await shop.Screened(Lawful with { Part = "T-1", Family = "TRACED", Facts = facts })).Single();
        await shop.Publish("TEST-TRACED", new AmendmentSketch("TRACED", "DE", Day));
        await shop.Becomes(shipment.Name, ShipmentState.Blocked);
    }

    private async Task BeRefused()
    {
        var shipment = (await shop.Screened(Lawful)).Single();
        await Assert.ThrowsAsync<RpcException>(async () =>
            await shop.Auditor.Shipments.DispatchShipmentAsync(new DispatchShipmentRequest { Name = shipment.Name, Carrier = "Polar Air", TrackingNumber = "PA-1" }));
        // What is no name is refused, and no span repeats it.
        await Assert.ThrowsAsync<RpcException>(async () => await shop.Auditor.Orders.GetOrderAsync(new GetOrderRequest { Name = "orders/A. Buyer" }));
    }

    private async Task ResumeChange()
    {
        var order = await shop.PlaceOrder(Lawful);
        await shop.Screened(order.Name, 1);
        toShipments.Refuse();
        var request = new CancelOrderRequest { Name = order.Name, Reason = "Not needed.", RequestId = Shop.NewRequestId() };
        await Assert.ThrowsAsync<RpcException>(async () => await shop.Caller.Orders.CancelOrderAsync(request));
        toShipments.Pass();
        await Eventually.Becomes(
            "the order is cancelled",
            async () => (await shop.Auditor.Orders.GetOrderAsync(new GetOrderRequest { Name = order.Name })).State,
            state => state == Order.Types.State.Cancelled,
            TimeSpan.FromMinutes(1));
    }

    private async Task ResumeDispatch()
    {
        var shipment = (await shop.Screened(Lawful)).Single();
        toCompliance.Refuse();
        await Assert.ThrowsAsync<RpcException>(() => shop.Dispatch(shipment.Name));
        toCompliance.Pass();
        await Eventually.Becomes(
            "the shipment is dispatched", () => shop.Shipment(shipment.Name), read => read.State == ShipmentState.Dispatched, TimeSpan.FromMinutes(1));
    }
}
