using System.Globalization;
using System.Net;
using Microsoft.Extensions.Configuration;
using OrderTracking.BuildingBlocks.Hosting;
using OpenTelemetry.Trace;

namespace OrderTracking.BuildingBlocks.Telemetry;

/// <summary>Where a process's traces and metrics go. Nowhere unless configured.</summary>
public sealed record TelemetryOptions
{
    /// <summary>Where traces and metrics are pushed to; the exporter itself reads the further <c>OTEL_EXPORTER_OTLP_*</c> settings.</summary>
    public const string OtlpEndpointKey = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private const string MetricsExporterKey = "OTEL_METRICS_EXPORTER";
    private const string PortKey = "Telemetry:PrometheusPort";
    private const string AddressKey = "Telemetry:PrometheusAddress";
    private const string IntervalKey = "Telemetry:GaugeInterval";
    private static readonly TimeSpan IntervalMin = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan IntervalMax = TimeSpan.FromMinutes(10);

    /// <summary>True where traces are pushed, and metrics beside them unless <see cref="PushesMetrics"/> is false.</summary>
    public bool Pushes { get; init; }

    /// <summary>False: metrics are not pushed, because they are scraped.</summary>
    public bool PushesMetrics { get; init; } = true;

    /// <summary>The port <c>/metrics</c> is served on, apart from gRPC; 0: any free one; null: it is not served.</summary>
    public int? PrometheusPort { get; init; }

    /// <summary>The address <c>/metrics</c> is served on: whoever reaches it may read it.</summary>
    public IPAddress PrometheusAddress { get; init; } = IPAddress.Loopback;

    /// <summary>How often the tables behind the gauges are counted.</summary>
    public TimeSpan GaugeInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The name of the service in traces and metrics; null: that of the executable.</summary>
    public string? ServiceName { get; init; }

    /// <summary>Which traces are recorded and pushed, beside <see cref="KeptActivities"/>.</summary>
    internal Sampler Sampler { get; init; } = new ParentBasedSampler(new AlwaysOnSampler());

    internal bool ExportsMetrics => (Pushes && PushesMetrics) || PrometheusPort is not null;

    /// <summary>
    /// Reads <c>Telemetry:PrometheusPort</c>, <c>Telemetry:PrometheusAddress</c>, <c>Telemetry:GaugeInterval</c>,
    /// <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>, <c>OTEL_METRICS_EXPORTER</c>, <c>OTEL_SERVICE_NAME</c>, <c>OTEL_TRACES_SAMPLER</c> and
    /// <c>OTEL_TRACES_SAMPLER_ARG</c>.
    /// </summary>
    /// <exception cref="InvalidOperationException">With the setting, its value and what is allowed.</exception>
    public static TelemetryOptions From(IConfiguration configuration) => new()
    {
        Pushes = !string.IsNullOrEmpty(configuration[OtlpEndpointKey]),
        PushesMetrics = Pushed(configuration[MetricsExporterKey]),
        PrometheusPort = Port(configuration[PortKey]),
        PrometheusAddress = Address(configuration[AddressKey]),
        GaugeInterval = ConfiguredSpan.Read(configuration, IntervalKey, new TelemetryOptions().GaugeInterval, IntervalMin, IntervalMax),
        Sampler = ConfiguredSampler.From(configuration),
        ServiceName = configuration["OTEL_SERVICE_NAME"] is { Length: > 0 } name ? name : null,
    };

    /// <summary>Refuses a port that gRPC has.</summary>
    /// <param name="grpcPort">The port of the gRPC server.</param>
    /// <exception cref="InvalidOperationException">Both are the same.</exception>
    public void Check(int grpcPort)
    {
        if (PrometheusPort is { } port and not 0 && port == grpcPort)
            throw new InvalidOperationException($"{PortKey} is '{port}', which Grpc:Port has; allowed is another one.");
    }

    private static bool Pushed(string? text) => text switch
    {
        null or "" or "otlp" => true,
        "none" => false,
        _ => throw new InvalidOperationException($"{MetricsExporterKey} is '{text}'; allowed are otlp and none, or nothing."),
    };

    private static int? Port(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= IPEndPoint.MaxPort
            ? port
            : throw new InvalidOperationException($"{PortKey} is '{text}'; allowed is 0 (any free one) to {IPEndPoint.MaxPort}, or nothing.");
    }

    private static IPAddress Address(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return IPAddress.Loopback;
        return IPAddress.TryParse(text, out var address)
            ? address
            : throw new InvalidOperationException($"{AddressKey} is '{text}'; allowed is an IP address, such as 127.0.0.1 or 0.0.0.0.");
    }
}
