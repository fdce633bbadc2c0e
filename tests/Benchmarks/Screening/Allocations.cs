using System.Globalization;

namespace OrderTracking.Benchmarks.Screening;

/// <summary>What a call allocates in the two processes: what they have allocated in all, before and after many calls.</summary>
internal sealed class Allocations(Uri productMetrics, Uri echo) : IDisposable
{
    private const string Metric = "dotnet_gc_heap_total_allocated_bytes_total";
    private static readonly TimeSpan ReachableWithin = TimeSpan.FromSeconds(20);
    private readonly HttpClient _http = new();

    /// <summary>Waits until both tell.</summary>
    public async Task Reachable()
    {
        using var late = new CancellationTokenSource(ReachableWithin);
        while (true)
        {
            try
            {
                await Product();
                await Echo();
                return;
            }
            catch (HttpRequestException) when (!late.IsCancellationRequested)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), late.Token);
            }
        }
    }

    /// <param name="calls">Makes calls and gives how many a second.</param>
    public Task<double> OfProduct(Func<Task<double>> calls, TimeSpan span) => PerCall(Product, calls, span);

    public Task<double> OfEcho(Func<Task<double>> calls, TimeSpan span) => PerCall(Echo, calls, span);

    public void Dispose() => _http.Dispose();

    private static async Task<double> PerCall(Func<Task<double>> allocated, Func<Task<double>> calls, TimeSpan span)
    {
        var before = await allocated();
        var rate = await calls();
        return (await allocated() - before) / (rate * span.TotalSeconds);
    }

    private async Task<double> Echo() => Number(await _http.GetStringAsync(echo));

    private async Task<double> Product()
    {
        var text = await _http.GetStringAsync(productMetrics);
        var line = text.Split('\n').FirstOrDefault(one => one.StartsWith(Metric, StringComparison.Ordinal))
            ?? throw new InvalidOperationException($"The Host's metrics have no {Metric}.");
        return Number(line.Split(' ')[1]);
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
