using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.Orders.V1;
using OrderTracking.TestKit;
using Xunit;

namespace OrderTracking.SystemTests.Running;

/// <summary>An event that is lost leaves an order waiting for good: it is listed within a minute, as the defaults are, and the metric rises.</summary>
public sealed class StuckTests : IAsyncLifetime
{
    private static readonly TimeSpan Allowed = TimeSpan.FromSeconds(60);
    private RunningHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await RunningHost.Start();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task An_order_whose_event_is_lost_is_listed_within_a_minute_and_the_metric_rises()
    {
        using var listener = new MeterListener();
        var metric = new ConcurrentDictionary<string, long>();
        Listen(listener, metric);
        var whole = await _host.Shop.PlaceOrder();
        var shipments = _host.Services.GetServices<Db>().Single(database => database.Name == "shipments");
        await _host.Shop.Screened(whole.Name, 1);
        // The event fails, and what would bring it again is gone: nothing tells of it any more.
        await shipments.Write(tx => tx.Execute("alter table shipments rename to shipments_away"));
        var (started, placed) = (_host.Clock.GetUtcNow(), Stopwatch.GetTimestamp());
        var lost = await _host.Shop.PlaceOrder();
        await Eventually.Becomes(
            "the event is lost", async () => await shipments.Write(tx => tx.Execute("delete from redeliveries where type = 'orders.order-placed'")) == 1);
        await shipments.Write(tx => tx.Execute("alter table shipments_away rename to shipments"));

        var stuck = await Eventually.Becomes(
            "the order is listed",
            async () =>
            {
                Walk(started, placed);
                return (await _host.Shop.Caller.Orders.ListStuckOrdersAsync(new ListStuckOrdersRequest())).StuckOrders;
            },
            found => found.Count > 0,
            Allowed);
        var order = Assert.Single(stuck);
        Assert.Equal((lost.Name, "PLANNED"), (order.Order, order.MissingStep));
        Assert.Equal(32, order.TraceId.Length);
        Assert.Contains("shipment service", order.ProbableCause, StringComparison.Ordinal);
        await Eventually.Becomes(
            "the metric rises",
            () =>
            {
                Walk(started, placed);
                listener.RecordObservableInstruments();
                return Task.FromResult(metric.GetValueOrDefault("PLANNED"));
            },
            count => count == 1,
            Allowed);
        var took = Stopwatch.GetElapsedTime(placed);
        TestContext.Current.SendDiagnosticMessage($"Listed and counted {took.TotalSeconds:F1} s after it was placed.");
        Assert.True(took < Allowed, $"It took {took}.");
    }

    // The business clock goes on as the wall clock does, and no faster.
    private void Walk(DateTimeOffset started, long placed) =>
        _host.Clock.Advance(started + Stopwatch.GetElapsedTime(placed) - _host.Clock.GetUtcNow());

    private static void Listen(MeterListener listener, ConcurrentDictionary<string, long> metric)
    {
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (instrument.Name == "ordertracking.orders.stuck")
                listening.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) => metric.AddOrUpdate((string)tags[0].Value!, value, (_, _) => value));
        listener.Start();
    }
}
