using System.Diagnostics;
using Grpc.Core;
using Grpc.Net.Client;
using OrderTracking.Orders.V1;
using OrderTracking.TestKit;
using OrdersApi = OrderTracking.Orders.V1.OrderService;

namespace OrderTracking.Benchmarks;

/// <summary>A Host in a process of its own, on files of its own, which callers place orders with.</summary>
internal sealed class MeasuredHost : IAsyncDisposable
{
    private const int Channels = 4;
    private static readonly TimeSpan QuietSpan = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan QuietWithin = TimeSpan.FromMinutes(5);
    private readonly string _directory = Directory.CreateTempSubdirectory("ordertracking-benchmark-").FullName;
    private readonly List<GrpcChannel> _channels = [];
    private readonly List<OrdersApi.OrderServiceClient> _clients = [];
    private readonly HostProcess _process;

    private MeasuredHost(string? program)
    {
        _process = new HostProcess(_directory);
        if (program is not null)
            _process.Program = Path.Combine(AppContext.BaseDirectory, program);
    }

    /// <summary>Where it listens.</summary>
    public Uri Address => new($"http://127.0.0.1:{_process.Port}");

    /// <summary>A bearer token it takes.</summary>
    public string Token(string subject, params string[] roles) => _process.Token(subject, roles);

    /// <param name="program">The program in this directory that is started; null: the Host with every service.</param>
    /// <param name="environment">Variables the process sees beside this one's.</param>
    public static async Task<MeasuredHost> Start(string? program, params (string Name, string Value)[] environment)
    {
        var host = new MeasuredHost(program);
        await host._process.Start([("Logging__LogLevel__Default", "Warning"), .. environment]);
        for (var number = 0; number < Channels; number++)
        {
            host._channels.Add(GrpcChannel.ForAddress($"http://127.0.0.1:{host._process.Port}"));
            host._clients.Add(new OrdersApi.OrderServiceClient(host._channels[^1]));
        }

        return host;
    }

    /// <summary>Orders placed in a second, each answered after its commit.</summary>
    public async Task<double> PlaceOrders(int callers, TimeSpan span)
    {
        var metadata = new Metadata { { "authorization", $"Bearer {_process.Token("erp", "caller")}" } };
        var order = new OrderSketch { ShipDates = [DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(3))] }.ToOrder();
        var placed = 0L;
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, callers).Select(async caller =>
        {
            var client = _clients[caller % _clients.Count];
            while (Stopwatch.GetElapsedTime(started) < span)
            {
                await client.PlaceOrderAsync(new PlaceOrderRequest { Order = order, RequestId = Shop.NewRequestId() }, metadata);
                Interlocked.Increment(ref placed);
            }
        }));
        return placed / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    /// <summary>Waits until the process has worked off what was placed: what it still does would be in the next measurement.</summary>
    public async Task Quiet()
    {
        var waited = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(waited) < QuietWithin)
        {
            _process.Process.Refresh();
            var before = _process.Process.TotalProcessorTime;
            await Task.Delay(QuietSpan);
            _process.Process.Refresh();
            if (_process.Process.TotalProcessorTime - before < QuietSpan / 5)
                return;
        }

        throw new TimeoutException("The Host did not come to rest.");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var channel in _channels)
            channel.Dispose();
        await _process.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }
}
