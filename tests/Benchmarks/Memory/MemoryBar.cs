using System.Diagnostics;
using System.Globalization;
using OrderTracking.Orders.V1;
using OrderTracking.TestKit;
using OrdersApi = OrderTracking.Orders.V1.OrderService;

namespace OrderTracking.Benchmarks.Memory;

/// <summary>B8: memory does not grow with orders, a PlaceOrder allocates little, and the Host is there quickly. What CheckShipment allocates is measured with B2.</summary>
internal static class MemoryBar
{
    private const double OfEarlier = 1.10;
    private const double PlaceOrderBytes = 12_000;
    private const double StartSeconds = 3;
    private const int Callers = 256;
    private const int Starts = 5;
    private const string OrderProgram = "OrderTracking.OrderService.dll";
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(7);
    private static readonly TimeSpan Span = TimeSpan.FromSeconds(4);

    // The limit on one caller's rate would be measured instead.
    private static readonly (string Name, string Value) Unlimited = ("Grpc__Limits__CallsPerSecondMax", "1000000");

    public static async Task<IReadOnlyList<Bar>> Measure(bool isShort)
    {
        var (onNothing, onItsData) = await StartTimes(isShort ? 3 : Starts);
        return
        [
            Bar.Exactly("B8", "seconds until the Host serves, without data", onNothing, StartSeconds),
            Bar.Exactly("B8", "seconds until the Host serves, on its data", onItsData, StartSeconds),
            Bar.Exactly("B8", "bytes the order service allocates a PlaceOrder", await PlaceOrderAllocates(), PlaceOrderBytes),
            await Resident(isShort ? 40_000 : 400_000, isShort ? 150_000 : 1_500_000),
        ];
    }

    // From the start of the process to the answer SERVING: medians.
    private static async Task<(double OnNothing, double OnItsData)> StartTimes(int times)
    {
        var (onNothing, onItsData) = (new List<double>(), new List<double>());
        for (var number = 0; number < times; number++)
        {
            var directory = Directory.CreateTempSubdirectory("ordertracking-benchmark-").FullName;
            foreach (var seconds in new[] { onNothing, onItsData })
            {
                await using var host = await MeasuredHost.StartOn(directory, program: null);
                seconds.Add(host.ServedAfter.TotalSeconds);
            }

            Directory.Delete(directory, recursive: true);
            await Progress.Say(string.Create(CultureInfo.InvariantCulture, $"the Host served after {onNothing[^1]:0.00} s without data, {onItsData[^1]:0.00} s on its data"));
        }

        onNothing.Sort();
        onItsData.Sort();
        return (onNothing[times / 2], onItsData[times / 2]);
    }

    private static async Task<double> PlaceOrderAllocates()
    {
        await using var counted = await CountedHost.Start(OrderProgram, Unlimited);
        return await counted.BytesACall(Callers, WarmUp, Span, Placing(counted.Host));
    }

    private static Func<int, Task> Placing(MeasuredHost host)
    {
        var clients = host.Clients(channel => new OrdersApi.OrderServiceClient(channel));
        var order = new OrderSketch { ShipDates = [DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(3))] }.ToOrder();
        return async caller => await clients[caller % clients.Count].PlaceOrderAsync(new PlaceOrderRequest { Order = order, RequestId = Shop.NewRequestId() }, host.Metadata);
    }

    // The median of what was resident while the last tenth before each mark was placed: a single look would see one moment of the collector.
    private static async Task<Bar> Resident(long early, long late)
    {
        await using var host = await MeasuredHost.Start(OrderProgram, Unlimited);
        var place = Placing(host);
        var (begun, placed) = (0L, 0L);
        var samples = new List<(long Placed, long Bytes)>();
        var placing = Task.WhenAll(Enumerable.Range(0, Callers).Select(async caller =>
        {
            while (Interlocked.Increment(ref begun) <= late)
            {
                await place(caller);
                Interlocked.Increment(ref placed);
            }
        }));
        var told = Stopwatch.GetTimestamp();
        while (!placing.IsCompleted)
        {
            samples.Add((Interlocked.Read(ref placed), host.ResidentBytes));
            if (Stopwatch.GetElapsedTime(told) > TimeSpan.FromSeconds(5))
            {
                told = Stopwatch.GetTimestamp();
                await Progress.Say(string.Create(CultureInfo.InvariantCulture, $"{samples[^1].Placed:N0} of {late:N0} orders placed, {samples[^1].Bytes >> 20:N0} MiB resident"));
            }

            await Task.WhenAny(placing, Task.Delay(TimeSpan.FromMilliseconds(100)));
        }

        await placing;
        var (before, after) = (MedianBefore(samples, early), MedianBefore(samples, late));
        return Bar.Exactly(
            "B8",
            string.Create(CultureInfo.InvariantCulture, $"resident memory at {late:N0} orders ({after / (1 << 20):N0} MiB) / at {early:N0} ({before / (1 << 20):N0} MiB)"),
            after / before,
            OfEarlier);
    }

    private static double MedianBefore(IEnumerable<(long Placed, long Bytes)> samples, long mark)
    {
        var near = samples.Where(sample => sample.Placed > mark - mark / 10 && sample.Placed <= mark).Select(sample => (double)sample.Bytes).Order().ToList();
        return near.Count > 0 ? near[near.Count / 2] : throw new InvalidOperationException("Orders were placed too fast to look at the memory between.");
    }
}
