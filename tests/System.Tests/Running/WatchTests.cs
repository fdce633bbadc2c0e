using Grpc.Core;
using OrderTracking.Orders.V1;
using OrderTracking.Shipments.V1;
using OrderTracking.TestKit;
using Xunit;
using State = OrderTracking.Shipments.V1.Shipment.Types.State;

namespace OrderTracking.SystemTests.Running;

/// <summary>Watch streams that break off again and again while things change.</summary>
public sealed class WatchTests : IAsyncLifetime
{
    private const int Disconnects = 100;
    private const int Orders = 60;
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);
    private RunningHost _host = null!;
    private Shop _shop = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await RunningHost.Start();
        _shop = _host.Shop;
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_watch_of_shipments_cut_off_a_hundred_times_tells_every_change_once_and_in_order()
    {
        using var deadline = new CancellationTokenSource(Deadline);
        var seen = new List<string>();
        var left = new HashSet<string>();
        var watching = Follow(
            token => _shop.Auditor.Shipments.WatchShipments(new() { ResumeToken = token }, cancellationToken: deadline.Token),
            change => change.ResumeToken,
            change => Note(change.Shipment, seen, left),
            () => left.Count == Orders);
        await Task.WhenAll(Enumerable.Range(0, Orders).Select(_ => PlaceAndDispatch()));
        var cuts = await watching;

        Assert.True(cuts >= Disconnects, $"{cuts} disconnects");
        using var files = new DataFiles(_host.DataDirectory);
        var changes = files.Query<string>(
            """select 'shipments/' || shipment_id || ' "' || sequence || '"' from shipments.shipment_changes order by seq""");
        Assert.Equal(changes, seen);
    }

    [Fact]
    public async Task A_watch_of_an_order_cut_off_after_every_entry_tells_its_whole_timeline()
    {
        var shipment = (await _shop.Screened()).Single();
        await _shop.Dispatch(shipment.Name);
        await _shop.Report(shipment.Name, Milestone.Types.Kind.Departed);
        await _shop.Report(shipment.Name, Milestone.Types.Kind.Delivered);
        var seen = new List<long>();
        var delivered = false;
        using var deadline = new CancellationTokenSource(Deadline);
        await Follow(
            token => _shop.Auditor.Orders.WatchOrder(
                new() { Name = shipment.Order, ResumeToken = token }, cancellationToken: deadline.Token),
            response => response.ResumeToken,
            response =>
            {
                seen.Add(response.Entry.Sequence);
                delivered = response.State == Order.Types.State.Delivered;
            },
            () => delivered);
        Assert.Equal(Enumerable.Range(1, seen.Count).Select(number => (long)number), seen);
        var timeline = await _shop.Auditor.Orders.GetOrderTimelineAsync(new GetOrderTimelineRequest { Name = shipment.Order });
        Assert.Equal(timeline.Entries.Count, seen.Count);
    }

    // Reads a few responses, breaks the call off as a lost connection would, and goes on from the last token.
    private static async Task<int> Follow<T>(
        Func<string, AsyncServerStreamingCall<T>> open, Func<T, string> token, Action<T> note, Func<bool> done)
    {
        var (resume, cuts) = ("", 0);
        while (!done())
        {
            using var call = open(resume);
            for (var read = 0; read <= cuts % 3 && !done() && await call.ResponseStream.MoveNext(CancellationToken.None); read++)
            {
                resume = token(call.ResponseStream.Current);
                note(call.ResponseStream.Current);
            }

            cuts++;
        }

        return cuts;
    }

    private static void Note(Shipment shipment, List<string> seen, HashSet<string> left)
    {
        seen.Add($"{shipment.Name} {shipment.Etag}");
        if (shipment.State == State.Dispatched)
            left.Add(shipment.Name);
    }

    private async Task PlaceAndDispatch()
    {
        var shipment = (await _shop.Screened()).Single();
        await _shop.Dispatch(shipment.Name);
    }
}
