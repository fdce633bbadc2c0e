using System.Diagnostics;
using Grpc.Core;
using Grpc.Net.Client;
using OrderTracking.Host;
using OrderTracking.Orders.V1;
using OrderTracking.TestKit;
using OrdersApi = OrderTracking.Orders.V1.OrderService;

namespace OrderTracking.Benchmarks;

/// <summary>A process of the product, on files of its own or given ones, that callers call.</summary>
internal sealed class MeasuredHost : IAsyncDisposable
{
    private const int Channels = 4;
    private static readonly TimeSpan QuietSpan = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan QuietWithin = TimeSpan.FromMinutes(5);
    private readonly string _directory;
    private readonly bool _ownsDirectory;
    private readonly List<GrpcChannel> _channels = [];
    private readonly List<OrdersApi.OrderServiceClient> _clients = [];
    private readonly HostProcess _process;

    private MeasuredHost(string? program, string? directory)
    {
        _ownsDirectory = directory is null;
        _directory = directory ?? Directory.CreateTempSubdirectory("ordertracking-benchmark-").FullName;
        _process = new HostProcess(_directory);
        if (program is not null)
            _process.Program = Path.Combine(AppContext.BaseDirectory, program);
    }

    /// <summary>From the start of the process until it said that it serves.</summary>
    public TimeSpan ServedAfter { get; private set; }

    /// <summary>What calls carry.</summary>
    public Metadata Metadata { get; private set; } = [];

    /// <summary>Memory of the process that is in the machine's memory.</summary>
    public long ResidentBytes
    {
        get
        {
            _process.Process.Refresh();
            return _process.Process.WorkingSet64;
        }
    }

    /// <summary>Where it listens.</summary>
    public Uri Address => new($"http://127.0.0.1:{_process.Port}");

    /// <summary>Somebody who calls it over the connection of this number.</summary>
    public Person As(int connection, string subject, params string[] roles) => new(subject, Token(subject, roles), _channels[connection % _channels.Count]);

    /// <summary>A bearer token it takes.</summary>
    public string Token(string subject, params string[] roles) => _process.Token(subject, roles);

    /// <param name="program">The program in this directory that is started; null: the Host with every service.</param>
    /// <param name="environment">Variables the process sees beside this one's.</param>
    public static Task<MeasuredHost> Start(string? program, params (string Name, string Value)[] environment) => StartOn(directory: null, program, environment);

    /// <param name="directory">Where its databases are and stay; null: in a new one that is removed.</param>
    /// <param name="program">The program in this directory that is started; null: the Host with every service.</param>
    /// <param name="environment">Variables the process sees beside this one's.</param>
    public static async Task<MeasuredHost> StartOn(string? directory, string? program, params (string Name, string Value)[] environment)
    {
        var host = new MeasuredHost(program, directory);
        var started = Stopwatch.GetTimestamp();
        // A single caller makes all the calls here, which no caller is allowed to in earnest.
        await host._process.Start([("Logging__LogLevel__Default", "Warning"), ("Grpc__Limits__CallsPerSecondMax", "1000000"), .. environment]);
        host.ServedAfter = Stopwatch.GetElapsedTime(started);
        host.Metadata = new Metadata { { "authorization", $"Bearer {host._process.Token("erp", "caller")}" } };
        for (var number = 0; number < Channels; number++)
        {
            host._channels.Add(GrpcChannel.ForAddress($"http://127.0.0.1:{host._process.Port}"));
            host._clients.Add(new OrdersApi.OrderServiceClient(host._channels[^1]));
        }

        return host;
    }

    /// <summary>A client for each of the callers' connections.</summary>
    public IReadOnlyList<T> Clients<T>(Func<ChannelBase, T> make) => _channels.ConvertAll(channel => make(channel));

    /// <summary>Orders placed in a second, each answered after its commit.</summary>
    public Task<double> PlaceOrders(int callers, TimeSpan span) => PlaceOrders(callers, span, validateOnly: false);

    /// <summary>Orders placed in a second; where they are only validated, everything is done and nothing is kept.</summary>
    public Task<double> PlaceOrders(int callers, TimeSpan span, bool validateOnly)
    {
        var order = new OrderSketch { ShipDates = [DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(3))] }.ToOrder();
        return Rate(callers, span, async caller => await _clients[caller % _clients.Count].PlaceOrderAsync(
            new PlaceOrderRequest { Order = order, RequestId = Shop.NewRequestId(), ValidateOnly = validateOnly }, Metadata));
    }

    /// <summary>Calls answered in a second.</summary>
    /// <param name="callers">Each calls again when it has been answered.</param>
    /// <param name="span">For how long.</param>
    /// <param name="call">Makes one call as the caller of this number.</param>
    public static async Task<double> Rate(int callers, TimeSpan span, Func<int, Task> call)
    {
        var answered = 0L;
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, callers).Select(async caller =>
        {
            while (Stopwatch.GetElapsedTime(started) < span)
            {
                await call(caller);
                Interlocked.Increment(ref answered);
            }
        }));
        return answered / Stopwatch.GetElapsedTime(started).TotalSeconds;
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
        if (_ownsDirectory)
            Directory.Delete(_directory, recursive: true);
    }
}
