using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Messaging;
using OrderTracking.Contracts.Compliance;
using OrderTracking.Contracts.Shipments;
using OrderTracking.OrderService.Shipments;
using OrderTracking.OrderService.Timeline;
using OrderTracking.Orders.V1;
using Xunit;

namespace OrderTracking.OrderService.Tests.Service;

public sealed class TakeEventsTests : IAsyncLifetime
{
    private OrderHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await OrderHost.Start();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task An_order_follows_its_shipments_and_its_history_tells_all_of_it()
    {
        var placed = await _host.Client.PlaceOrderAsync(Sample.Place(100, 50));
        await Send(Walk(Guid.Parse(placed.Uid), Sample.Id(), Sample.Id()));
        var order = await Expect.Eventually(() => Get(placed), order => order.Quantities.Delivered == 100 && order.Quantities.Held == 50);
        Assert.Equal(Order.Types.State.PartlyShipped, order.State);
        Assert.Equal(["DELIVERED", "HELD"], order.Shipments.Select(shipment => shipment.State));
        Assert.Equal(["US-2025-04-LETTER"], order.Shipments[1].Reasons);
        Assert.Empty(order.Shipments[0].Reasons);
        var history = await Expect.Eventually(() => Timeline(placed), entries => entries.Count == 15);
        Assert.Equal(Enumerable.Range(1, 15).Select(n => (long)n), history.Select(entry => entry.Sequence).Order());
        // The departure was recorded after the delivery and happened before it.
        var departed = history.Single(entry => entry.Kind == "SHIPMENT_DEPARTED");
        var delivered = history.Single(entry => entry.Kind == "SHIPMENT_DELIVERED");
        Assert.True(history.IndexOf(departed) < history.IndexOf(delivered));
        Assert.All(history, entry => Assert.NotEmpty(entry.Event));
        var rejected = history.Single(entry => entry.Kind == "RELEASE_REJECTED");
        Assert.Equal("doubter", rejected.Actor);
        Assert.EndsWith("release from MANUAL, proposed by proposer, rejected: not yet.", rejected.Summary, StringComparison.Ordinal);
        Assert.Contains("2025-04-09 to 2025-04-10", history.Single(entry => entry.Kind == "RELEASE_PROPOSED").Summary, StringComparison.Ordinal);
        Assert.Single(history, entry => entry.Kind == "RELEASE_VOIDED");
        Assert.Equal("approver", history.Single(entry => entry.Kind == "HOLD_SETTLED").Actor);
    }

    [Fact]
    public async Task Events_shuffled_and_repeated_lead_to_the_same_order()
    {
        var states = new HashSet<string>();
        for (var seed = 0; seed < 25; seed++)
        {
            var placed = await _host.Client.PlaceOrderAsync(Sample.Place(100, 50));
            var random = new Random(seed);
            var events = Walk(Guid.Parse(placed.Uid), Sample.Id(), Sample.Id());
            await Apply(events.Concat(events.Take(seed % events.Count)).OrderBy(_ => random.Next()));
            var order = await Get(placed);
            var kinds = (await Timeline(placed)).Select(entry => entry.Kind).Order(StringComparer.Ordinal);
            states.Add($"{order.State} {order.Quantities} {string.Join(',', order.Shipments.Select(shipment => shipment.State))} {string.Join(',', kinds)}");
        }

        Assert.Single(states);
    }

    [Fact]
    public async Task A_recalled_shipment_stops_its_order()
    {
        var placed = await _host.Client.PlaceOrderAsync(Sample.Place(100));
        var (order, shipment) = (Guid.Parse(placed.Uid), Sample.Id());
        await Send([
            Sent(new ShipmentDispatched(Sample.Id(), Sample.Start, "wms", "Carrier", "T", Sample.Snapshot(order, shipment, "DISPATCHED", sequence: 2))),
            Sent(new PermitRevoked(Sample.Id(), Sample.Start, "compliance", Sample.Id(), shipment, order, "US-2025-04-LETTER")),
            Sent(new ShipmentRevised(Sample.Id(), Sample.Start, "shipments", "RECALLED", "permit revoked", Sample.Snapshot(order, shipment, "RECALLED", sequence: 3))),
        ]);
        Assert.Equal(100, (await Expect.Eventually(() => Get(placed), read => read.State == Order.Types.State.Held)).Quantities.Recalled);
    }

    [Fact]
    public async Task An_event_of_an_order_that_is_not_there_is_not_swallowed()
    {
        var lost = new HoldOpened(Sample.Id(), Sample.Start, "compliance", Sample.Id(), Sample.Id(), Sample.Id(), "REVIEW", "");
        await Assert.ThrowsAsync<InvalidOperationException>(() => Apply([Sent(lost)]));
    }

    private static List<Happening> Walk(Guid order, Guid free, Guid held)
    {
        var hold = Sample.Id();
        return
        [
            Sent(new ShipmentPlanned(Sample.Id(), Sample.Start, "shipments", Sample.Snapshot(order, free, "PLANNED"))),
            Sent(new ShipmentPlanned(Sample.Id(), Sample.Start, "shipments", Sample.Snapshot(order, held, "PLANNED", 50, line: 2))),
            Sent(Sample.Screened(order, free, "HELD", 1, reasons: "MANUAL")),
            Sent(Sample.Screened(order, held, "HELD", 1, reasons: "US-2025-04-LETTER")),
            Sent(new HoldOpened(Sample.Id(), Sample.Start, "compliance", hold, free, order, "MANUAL", "stop ship")),
            Sent(new ReleaseProposed(
                Sample.Id(), Sample.Start, "proposer", Sample.Id(), hold, free, order, "MANUAL", "FACTS_REVIEWED", null, new DateOnly(2025, 4, 9), new DateOnly(2025, 4, 10))),
            Sent(new ReleaseRejected(Sample.Id(), Sample.Start, "doubter", Sample.Id(), hold, free, order, "MANUAL", "proposer", "not yet.")),
            Sent(new ReleaseVoided(
                Sample.Id(), Sample.Start, "compliance", Sample.Id(), hold, free, order, "MANUAL", "VOIDED", ["proposer"], "The quantity changed.", [])),
            Sent(new HoldSettled(Sample.Id(), Sample.Start, "approver", hold, free, order, "MANUAL", "proposer", null)),
            Sent(Sample.Screened(order, free, "READY", 2)),
            Sent(new PermitGranted(Sample.Id(), Sample.Start, "compliance", Sample.Id(), free, order, Sample.Id(), new DateOnly(2025, 4, 9))),
            Sent(new ShipmentDispatched(Sample.Id(), Sample.Start, "wms", "Carrier", "T1", Sample.Snapshot(order, free, "DISPATCHED", sequence: 2))),
            Sent(Milestone(order, free, 3, "DELIVERED", Sample.Start.AddDays(9))),
            Sent(Milestone(order, free, 4, "DEPARTED", Sample.Start.AddDays(1))),
        ];
    }

    private static ShipmentMilestoneRecorded Milestone(Guid order, Guid shipment, long sequence, string kind, DateTimeOffset time) => new(
        Sample.Id(),
        Sample.Start.AddDays(10),
        "carrier",
        sequence,
        kind,
        time,
        new DateOnly(2025, 4, 9),
        0,
        "Shanghai",
        null,
        Sample.Snapshot(order, shipment, "DELIVERED", sequence: sequence));

    private static Happening Sent<TEvent>(TEvent happened)
        where TEvent : class
    {
        var eventId = (Guid)typeof(TEvent).GetProperty(nameof(ShipmentPlanned.EventId))!.GetValue(happened)!;
        return new Happening(
            host => host.Publish(eventId, happened),
            (tx, handlers) => handlers.OfType<IEventHandler<TEvent>>().Single().Handle(tx, happened, new EventContext(eventId, Sample.Start, null)));
    }

    private async Task Send(IEnumerable<Happening> events)
    {
        foreach (var happened in events)
            await happened.Publish(_host);
    }

    // The inbox lets an event through once; this goes past it, so that the handlers themselves are what is proven.
    private async Task Apply(IEnumerable<Happening> events)
    {
        var record = new RecordEvent(_host.Clock, new OrderSignals());
        object[] handlers = [new TakeShipmentEvents(record), new TakeComplianceEvents(record)];
        foreach (var happened in events)
            await _host.Db.Write(tx => happened.Apply(tx, handlers));
    }

    private async Task<Order> Get(Order order) => await _host.Client.GetOrderAsync(new GetOrderRequest { Name = order.Name });

    private async Task<Google.Protobuf.Collections.RepeatedField<TimelineEntry>> Timeline(Order order) =>
        (await _host.Client.GetOrderTimelineAsync(new GetOrderTimelineRequest { Name = order.Name })).Entries;

    private sealed record Happening(Func<OrderHost, Task> Publish, Func<Tx, object[], Task> Apply);
}
