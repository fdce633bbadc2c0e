using System.Globalization;
using System.Net;
using OrderTracking.BuildingBlocks.Hosting;
using OrderTracking.BuildingBlocks.Hosting.Identity;

namespace OrderTracking.Host.Traces;

/// <summary>Where recent traces are shown and how much of them is kept.</summary>
internal sealed record TracePageOptions
{
    /// <summary>The port unless configured; where somebody has it, any free one.</summary>
    public const int PortDefault = 5088;

    private const string PortKey = "Traces:Page:Port";
    private const string SpansKey = "Traces:Page:SpansMax";
    private const string SpansOfATraceKey = "Traces:Page:SpansPerTraceMax";
    private const string MegabytesKey = "Traces:Page:MegabytesMax";
    private const string Off = "none";
    private const long Megabyte = 1024 * 1024;

    /// <summary>False: nothing is kept and nothing is served.</summary>
    public bool IsOn { get; init; } = true;

    /// <summary>The port on the loopback; 0: any free one.</summary>
    public int Port { get; init; } = PortDefault;

    /// <summary>True where the port was asked for: another one would not be what was asked for.</summary>
    public bool IsPortAsked { get; init; }

    /// <summary>Spans kept at most, of all traces together.</summary>
    public int SpansMax { get; init; } = 20_000;

    /// <summary>Spans kept at most of one trace; what comes after them is counted.</summary>
    public int SpansPerTraceMax { get; init; } = 1_000;

    /// <summary>Memory the spans may take, as <see cref="KeptSpan.Bytes"/> estimates it.</summary>
    public long BytesMax { get; init; } = 32 * Megabyte;

    /// <summary>
    /// Reads <c>Traces:Page:*</c>. Without a port: on with development tokens, off with those of a provider, because the page asks
    /// nobody who they are.
    /// </summary>
    /// <exception cref="InvalidOperationException">With the setting, its value and what is allowed.</exception>
    public static TracePageOptions From(IConfiguration configuration)
    {
        var port = configuration[PortKey];
        var byDefault = !SecurityOptions.From(configuration).IsOidc;
        return new()
        {
            IsOn = string.IsNullOrEmpty(port) ? byDefault : port != Off,
            Port = string.IsNullOrEmpty(port) || port == Off ? PortDefault : PortOf(port),
            IsPortAsked = !string.IsNullOrEmpty(port),
            SpansMax = Number(configuration, SpansKey, 20_000, 100, 1_000_000),
            SpansPerTraceMax = Number(configuration, SpansOfATraceKey, 1_000, 10, 10_000),
            BytesMax = Number(configuration, MegabytesKey, 32, 1, 1_024) * Megabyte,
        };
    }

    /// <summary>Keeps off the ports of the process's other listeners.</summary>
    /// <exception cref="InvalidOperationException">The port was asked for and another listener has it.</exception>
    public TracePageOptions Beside(ServiceHostOptions host)
    {
        int?[] taken = [host.Port, host.HealthPort, host.Telemetry.PrometheusPort];
        if (!IsOn || Port == 0 || !taken.Contains(Port))
            return this;
        return IsPortAsked
            ? throw new InvalidOperationException($"{PortKey} is '{Port}', which another listener of this process has; allowed is another one.")
            : this with { Port = 0 };
    }

    /// <summary>What is said where the port that was asked for is taken.</summary>
    public static string IsTaken(int port) =>
        $"{PortKey} is '{port}', which another process has; allowed is a free one, 0 (any free one) or {Off}.";

    private static int PortOf(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= IPEndPoint.MaxPort
            ? port
            : throw new InvalidOperationException(
                $"{PortKey} is '{text}'; allowed is 0 (any free one) to {IPEndPoint.MaxPort}, or {Off}.");

    private static int Number(IConfiguration configuration, string key, int byDefault, int min, int max)
    {
        var text = configuration[key];
        if (string.IsNullOrEmpty(text))
            return byDefault;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max
            ? number
            : throw new InvalidOperationException($"{key} is '{text}'; allowed is {min} to {max}.");
    }
}
