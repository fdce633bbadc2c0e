using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using OrderTracking.TestKit;

namespace OrderTracking.Benchmarks;

/// <summary>
/// What telemetry costs: PlaceOrder with every trace and metric pushed to a collector and metrics served besides, against the same
/// with the SDK disabled. The collector takes everything and keeps nothing; its work is in the figures, on the same cores.
/// </summary>
internal static class TelemetryCost
{
    private const double OfDisabled = 0.90;
    private const int Callers = 64;
    private static readonly TimeSpan Span = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(7);

    public static async Task<IReadOnlyList<Bar>> Measure(bool isShort)
    {
        await using var collector = await Collector();
        await using var on = await MeasuredHost.Start(
            program: null,
            ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Urls.Single()),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
            ("Telemetry__PrometheusPort", HostProcess.FreePort().ToString(CultureInfo.InvariantCulture)));
        await using var off = await MeasuredHost.Start(program: null, ("OTEL_SDK_DISABLED", "true"));
        foreach (var host in new[] { on, off })
        {
            await host.PlaceOrders(Callers, WarmUp);
            await host.Quiet();
        }

        var ratio = await Pairs.Measure("PlaceOrder with telemetry on / off", isShort ? 5 : 15, () => Round(on), () => Round(off));
        return [new Bar("telemetry", ratio, OfDisabled)];
    }

    private static async Task<double> Round(MeasuredHost host)
    {
        var rate = await host.PlaceOrders(Callers, Span);
        await host.Quiet();
        return rate;
    }

    private static async Task<WebApplication> Collector()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseUrls($"http://127.0.0.1:{HostProcess.FreePort()}").ConfigureKestrel(server =>
        {
            server.Limits.MaxRequestBodySize = null;
            server.ConfigureEndpointDefaults(endpoint => endpoint.Protocols = HttpProtocols.Http1);
        });
        var app = builder.Build();
        app.Run(async context => await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted));
        await app.StartAsync();
        return app;
    }
}
