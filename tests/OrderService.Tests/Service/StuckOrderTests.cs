using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Configuration;
using OrderTracking.Contracts.Shipments;
using OrderTracking.OrderService.Stuck;
using OrderTracking.Orders.V1;
using Xunit;

namespace OrderTracking.OrderService.Tests.Service;

public sealed class StuckOrderTests : IAsyncLifetime
{
    private static readonly OrderOptions Quick = new() { Stuck = new OrderStuckOptions { Interval = TimeSpan.FromMilliseconds(100) } };
    private readonly ConcurrentDictionary<string, long> _metric = new();
    private readonly MeterListener _listener = new();
    private OrderHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await OrderHost.Start(options: Quick);
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == "ordertracking.orders.stuck")
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((_, value, tags, _) => _metric[(string)tags[0].Value!] = value);
        _listener.Start();
    }

    public ValueTask DisposeAsync()
    {
        _listener.Dispose();
        return _host.DisposeAsync();
    }

    [Fact]
    public async Task An_order_whose_shipments_were_not_heard_of_is_stuck_until_they_are()
    {
        var placed = await _host.Client.PlaceOrderAsync(Sample.Place(100, 50));
        var order = Guid.Parse(placed.Uid);
        Assert.Empty(await Stuck());
        await Later(TimeSpan.FromSeconds(31));
        var stuck = Assert.Single(await Stuck());
        Assert.Equal((placed.Name, "PLANNED", Order.Types.State.Placed), (stuck.Order, stuck.MissingStep, stuck.State));
        Assert.Equal((31, 30), (stuck.Age.Seconds, stuck.Allowed.Seconds));
        Assert.Equal(Sample.Start, stuck.WaitingSince.ToDateTimeOffset());
        Assert.NotEmpty(stuck.ProbableCause);
        Assert.Equal(32, stuck.TraceId.Length);
        await Metric("PLANNED", 1);
        // One line of two is not enough.
        await Tell(order, Sample.Id(), line: 1);
        Assert.Equal("PLANNED", Assert.Single(await Stuck()).MissingStep);
        await Tell(order, Sample.Id(), line: 2);
        await Expect.Eventually(Stuck, found => found.Count == 0);
        await Metric("PLANNED", 0);
    }

    [Fact]
    public async Task A_shipment_without_a_decision_makes_its_order_stuck_until_it_is_heard_of()
    {
        var placed = await _host.Client.PlaceOrderAsync(Sample.Place(100));
        var (order, shipment) = (Guid.Parse(placed.Uid), Sample.Id());
        await Tell(order, shipment, line: 1);
        await Later(TimeSpan.FromSeconds(31));
        var stuck = Assert.Single(await Stuck());
        Assert.Equal(("SCREENED", $"shipments/{shipment}"), (stuck.MissingStep, stuck.Shipment));
        Assert.Contains("compliance", stuck.ProbableCause, StringComparison.Ordinal);
        await Metric("SCREENED", 1);
        await Send(Sample.Screened(order, shipment, "READY"));
        await Expect.Eventually(Stuck, found => found.Count == 0);
        await Metric("SCREENED", 0);
    }

    [Fact]
    public async Task A_decision_about_a_shipment_that_was_not_heard_of_names_the_step_before()
    {
        var placed = await _host.Client.PlaceOrderAsync(Sample.Place(100));
        var shipment = Sample.Id();
        await Send(Sample.Screened(Guid.Parse(placed.Uid), shipment, "READY"));
        await Later(TimeSpan.FromSeconds(31));
        Assert.Equal("PLANNED", Assert.Single(await Stuck()).MissingStep);
    }

    [Fact]
    public async Task A_ship_date_that_passed_makes_an_order_stuck()
    {
        var placed = await _host.Client.PlaceOrderAsync(Sample.Place(100));
        var (order, shipment) = (Guid.Parse(placed.Uid), Sample.Id());
        await Tell(order, shipment, line: 1);
        await Send(Sample.Screened(order, shipment, "READY"));
        _host.Clock.Now = new DateTimeOffset(2025, 4, 10, 23, 59, 0, TimeSpan.Zero);
        Assert.Empty(await Stuck());
        await Later(TimeSpan.FromMinutes(2));
        Assert.Equal("DISPATCHED", Assert.Single(await Stuck()).MissingStep);
    }

    [Fact]
    public async Task The_cause_is_the_event_that_failed()
    {
        var placed = await _host.Client.PlaceOrderAsync(Sample.Place(100));
        var planned = new ShipmentPlanned(
            Sample.Id(), Sample.Start, "shipments", Sample.Snapshot(Guid.Parse(placed.Uid), Sample.Id(), "PLANNED"));
        await _host.Db.Write(tx => tx.Execute("alter table order_shipments rename to order_shipments_away"));
        await _host.Publish(planned.EventId, planned);
        await Expect.Eventually(() => _host.Count("redeliveries"), count => count == 1);
        await _host.Db.Write(tx => tx.Execute("alter table order_shipments_away rename to order_shipments"));
        await Later(TimeSpan.FromSeconds(31));
        var cause = Assert.Single(await Stuck()).ProbableCause;
        Assert.Contains("shipments.shipment-planned", cause, StringComparison.Ordinal);
        Assert.Contains("order_shipments", cause, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_hold_every_stuck_order_once_longest_overdue_first()
    {
        var placed = new List<string>();
        for (var number = 0; number < 7; number++)
        {
            placed.Add((await _host.Client.PlaceOrderAsync(Sample.Place(100))).Name);
            // Two a moment.
            if (number % 2 == 1)
                await Later(TimeSpan.FromSeconds(1));
        }

        await Later(TimeSpan.FromMinutes(1));
        var seen = new List<string>();
        var request = new ListStuckOrdersRequest { PageSize = 3 };
        do
        {
            var page = await _host.Client.ListStuckOrdersAsync(request);
            seen.AddRange(page.StuckOrders.Select(stuck => stuck.Order));
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);
        Assert.Equal(placed, seen);
        var refused = await Expect.Refused(_host.Client.ListStuckOrdersAsync(new ListStuckOrdersRequest { PageToken = "x" }));
        Assert.Equal(["PAGE_TOKEN_INVALID"], refused.Fields);
    }

    [Theory]
    [InlineData("soon")]
    [InlineData("-00:00:01")]
    [InlineData("400.00:00:00")]
    public void A_threshold_that_is_none_is_refused_with_its_key_and_what_is_allowed(string text)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Orders:Stuck:Planned"] = text }).Build();
        var refused = Assert.Throws<InvalidOperationException>(() => OrderOptions.From(configuration));
        Assert.Contains($"Orders:Stuck:Planned is '{text}'; allowed is 00:00:00.1", refused.Message, StringComparison.Ordinal);
    }

    private Task Later(TimeSpan span)
    {
        _host.Clock.Now += span;
        return Task.CompletedTask;
    }

    private async Task<IReadOnlyList<StuckOrder>> Stuck() => (await _host.Client.ListStuckOrdersAsync(new ListStuckOrdersRequest())).StuckOrders;

    private Task<long> Metric(string step, long value) => Expect.Eventually(
        () =>
        {
            _listener.RecordObservableInstruments();
            return Task.FromResult(_metric.GetValueOrDefault(step, -1));
        },
        seen => seen == value);

    private async Task Tell(Guid order, Guid shipment, int line)
    {
        var planned = new ShipmentPlanned(Sample.Id(), Sample.Start, "shipments", Sample.Snapshot(order, shipment, "PLANNED", line: line));
        await _host.Publish(planned.EventId, planned);
        await Taken(planned.EventId);
    }

    private async Task Send(Contracts.Compliance.ShipmentScreened screened)
    {
        await _host.Publish(screened.EventId, screened);
        await Taken(screened.EventId);
    }

    private Task<long> Taken(Guid eventId) => Expect.Eventually(
        () => _host.Db.Read(tx => tx.Scalar<long>("select count(*) from inbox where event_id = @eventId", new { eventId })), count => count == 1);
}
