using System.Globalization;
using OrderTracking.TestKit;

namespace OrderTracking.Benchmarks.Memory;

/// <summary>A process that tells by its own metrics how much it has allocated.</summary>
internal sealed class CountedHost : IAsyncDisposable
{
    private const string Allocated = "dotnet_gc_heap_total_allocated_bytes_total";
    private readonly HttpClient _metrics = new();
    private readonly int _port;

    private CountedHost(MeasuredHost host, int port) => (Host, _port) = (host, port);

    public MeasuredHost Host { get; }

    public static async Task<CountedHost> Start(string program, params (string Name, string Value)[] environment)
    {
        var port = HostProcess.FreePort();
        return new CountedHost(
            await MeasuredHost.Start(program, [.. environment, ("Telemetry__PrometheusPort", port.ToString(CultureInfo.InvariantCulture))]), port);
    }

    /// <summary>Bytes allocated for each call, with everything the process does because of them until it rests.</summary>
    /// <param name="callers">Each calls again when it has been answered.</param>
    /// <param name="warmUp">For how long calls are made that do not count.</param>
    /// <param name="span">For how long they count.</param>
    /// <param name="call">Makes one call as the caller of this number.</param>
    public async Task<double> BytesACall(int callers, TimeSpan warmUp, TimeSpan span, Func<int, Task> call)
    {
        await MeasuredHost.Rate(callers, warmUp, call);
        await Host.Quiet();
        var calls = 0L;
        var before = await Read();
        await MeasuredHost.Rate(callers, span, async caller =>
        {
            await call(caller);
            Interlocked.Increment(ref calls);
        });
        await Host.Quiet();
        return (await Read() - before) / calls;
    }

    public async ValueTask DisposeAsync()
    {
        _metrics.Dispose();
        await Host.DisposeAsync();
    }

    private async Task<double> Read()
    {
        var text = await _metrics.GetStringAsync($"http://127.0.0.1:{_port}/metrics");
        var line = text.Split('\n').SingleOrDefault(line => line.StartsWith(Allocated, StringComparison.Ordinal))
            ?? throw new InvalidOperationException($"The process has no metric {Allocated}.");
        return double.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture);
    }
}
