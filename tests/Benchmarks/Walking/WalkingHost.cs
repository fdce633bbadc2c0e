using System.Collections.Concurrent;
using System.Diagnostics;
using Grpc.Core;
using Grpc.Net.Client;
using OrderTracking.Orders.V1;
using OrderTracking.TestKit;
using OrderTracking.TestKit.Brokers;
using OrdersApi = OrderTracking.Orders.V1.OrderService;

namespace OrderTracking.Benchmarks.Walking;

/// <summary>The product: the three services, on databases of their own, with the broker between them.</summary>
internal sealed class WalkingHost : IAsyncDisposable
{
    /// <summary>Walks begun and not known to be ended. A caller waits for one to end before it begins another, so nothing can pile up.</summary>
    public const int UnderWayMax = 1_000;

    private const int Channels = 4;
    private readonly string _directory = Directory.CreateTempSubdirectory("ordertracking-walk-").FullName;
    private readonly List<GrpcChannel> _channels = [];
    private readonly List<OrdersApi.OrderServiceClient> _clients = [];
    private readonly HostProcess _process;
    private readonly ConcurrentDictionary<string, TaskCompletionSource<long>> _screened = new();
    private ScreenedOrders? _reader;
    private int _last;

    private WalkingHost() => _process = new HostProcess(_directory);

    /// <summary>From the last call of a round until every order of it was known to be screened.</summary>
    public TimeSpan LongestTail { get; private set; }

    public static async Task<WalkingHost> Start(TestBroker broker)
    {
        var host = new WalkingHost();
        var settings = broker.Settings(TestBroker.NewPrefix()).Select(setting => (setting.Key.Replace(":", "__", StringComparison.Ordinal), setting.Value!));
        await host._process.Start([("Logging__LogLevel__Default", "Warning"), .. settings]);
        for (var number = 0; number < Channels; number++)
        {
            host._channels.Add(GrpcChannel.ForAddress($"http://127.0.0.1:{host._process.Port}"));
            host._clients.Add(new OrdersApi.OrderServiceClient(host._channels[^1]));
        }

        host._reader = new ScreenedOrders(Path.Combine(host._directory, "orders.db"), (order, at) => host.Walk(order).TrySetResult(at));
        return host;
    }

    /// <summary>Walks in a second, counted after a while.</summary>
    public async Task<double> Walk(int callers, TimeSpan ramp, TimeSpan span)
    {
        using var underWay = new SemaphoreSlim(UnderWayMax);
        var (walks, ended) = (new ConcurrentBag<Task>(), new ConcurrentBag<long>());
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, callers).Select(async _ =>
        {
            while (Stopwatch.GetElapsedTime(started) < ramp + span)
            {
                await underWay.WaitAsync();
                var walk = Walk(await PlaceOrder());
                walks.Add(walk.Task.ContinueWith(
                    known =>
                    {
                        ended.Add(known.Result);
                        underWay.Release();
                    },
                    TaskScheduler.Default));
            }
        }));
        var last = Stopwatch.GetTimestamp();
        await Task.WhenAll(walks);
        LongestTail = TimeSpan.FromTicks(Math.Max(LongestTail.Ticks, Stopwatch.GetElapsedTime(last).Ticks));
        _screened.Clear();
        var (from, to) = (started + ramp.TotalSeconds * Stopwatch.Frequency, started + (ramp + span).TotalSeconds * Stopwatch.Frequency);
        return ended.Count(at => at >= from && at < to) / span.TotalSeconds;
    }

    /// <summary>In seconds, from the call that places an order until the order knows that it is screened.</summary>
    public async Task<double> SlowestOfHundred(int rate, TimeSpan span)
    {
        var taken = new ConcurrentBag<TimeSpan>();
        await OpenLoop.Run(rate, span, async due =>
        {
            var known = await Walk(await PlaceOrder()).Task;
            taken.Add(Stopwatch.GetElapsedTime(due, known));
        });
        _screened.Clear();
        return OpenLoop.Percentile99(taken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_reader is not null)
            await _reader.DisposeAsync();
        foreach (var channel in _channels)
            channel.Dispose();
        await _process.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    // Whoever comes first, the answer to the caller or the news of the order.
    private TaskCompletionSource<long> Walk(string order) =>
        _screened.GetOrAdd(order, _ => new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously));

    private async Task<string> PlaceOrder()
    {
        var metadata = new Metadata { { "authorization", Bearer } };
        var order = new OrderSketch { ShipDates = [ShipDate] }.ToOrder();
        var client = _clients[(Interlocked.Increment(ref _last) & int.MaxValue) % _clients.Count];
        var placed = await client.PlaceOrderAsync(new PlaceOrderRequest { Order = order, RequestId = Shop.NewRequestId() }, metadata);
        return placed.Uid;
    }

    private string Bearer => field ??= $"Bearer {_process.Token("erp", "caller")}";

    private static DateOnly ShipDate => DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(3));
}
