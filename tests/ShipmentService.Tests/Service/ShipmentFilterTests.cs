using Api = OrderTracking.Shipments.V1;

namespace OrderTracking.ShipmentService.Tests.Service;

/// <summary>Lists filtered by what came later than the plan: why a shipment is held, and how it left.</summary>
public sealed class ShipmentFilterTests : IAsyncLifetime
{
    private ShipmentsHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await ShipmentsHost.Start();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_held_shipment_is_found_by_each_reason_until_it_is_free()
    {
        var (_, shipments) = await _host.PlaceOrder(Given.Line(1, 10), Given.Line(2, 20));
        await _host.Screen(shipments[0], "HELD", 1, "US-3A090-A", "PARENT_NOT_STATED");
        await _host.Screen(shipments[1], "BLOCKED", 1, "US-EMBARGO");
        Assert.Equal([shipments[0].Name], await Names("reason = US-3A090-A"));
        Assert.Equal([shipments[0].Name], await Names("reason = PARENT_NOT_STATED AND reason = US-3A090-A"));
        Assert.Equal([shipments[1].Name], await Names("reason = US-EMBARGO AND state = BLOCKED"));
        Assert.Equal([shipments[1].Name], await Names("reason != PARENT_NOT_STATED"));
        Assert.Empty(await Names("reason = OTHER"));
        await _host.Screen(await _host.Get(shipments[0].Name), "READY", 2);
        Assert.Empty(await Names("reason = US-3A090-A"));
    }

    [Fact]
    public async Task A_dispatched_shipment_is_found_by_its_carrier_and_tracking_number()
    {
        var dispatched = await _host.DispatchedShipment();
        await _host.PlaceOrder();
        Assert.Equal([dispatched.Name], await Names("carrier = DHL"));
        Assert.Equal([dispatched.Name], await Names("tracking_number = \"T-1\""));
        Assert.Empty(await Names("tracking_number = \"T-2\""));
        Assert.Empty(await Names("actual_ship_date >= 2025-01-01"));
        Assert.Equal(2, (await Names("create_time >= \"2025-01-01T00:00:00Z\"")).Count());
    }

    [Fact]
    public async Task A_permit_for_other_facts_is_no_pass()
    {
        var ready = await _host.ReadyShipment();
        _host.Compliance.Answer = (request, _) =>
        {
            var permit = FakeCompliance.PermitFor(request);
            permit.FactsDigest = new string('0', 64);
            return Task.FromResult(permit);
        };
        await Calls.Refused(() => _host.Caller.DispatchShipmentAsync(Shop.DispatchOf(ready)).ResponseAsync);
        Assert.Equal(Api.Shipment.Types.State.Dispatching, (await _host.Get(ready.Name)).State);

        // It is asked again until the answer is for these facts.
        _host.Compliance.Answer = (request, _) =>
        {
            var permit = FakeCompliance.PermitFor(request);
            permit.FactsDigest = OrderTracking.Wire.WireFacts.DigestOf(request.Facts);
            return Task.FromResult(permit);
        };
        await ShipmentsHost.Eventually(() => _host.Get(ready.Name), seen => seen.State == Api.Shipment.Types.State.Dispatched);
    }

    private async Task<IEnumerable<string>> Names(string filter) =>
        (await _host.Caller.ListShipmentsAsync(
            new Api.ListShipmentsRequest { Filter = filter })).Shipments.Select(shipment => shipment.Name);
}
