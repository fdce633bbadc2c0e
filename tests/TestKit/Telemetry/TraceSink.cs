using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace OrderTracking.TestKit.Telemetry;

/// <summary>Takes what processes export over OTLP (HTTP with protobuf), as a collector does.</summary>
public sealed class TraceSink : IAsyncDisposable
{
    private readonly ConcurrentQueue<SeenSpan> _seen = new();
    private readonly WebApplication _app;

    private TraceSink()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(server => server.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1));
        _app = builder.Build();
        _app.MapPost("/v1/traces", Take);
    }

    /// <summary>Every span that was exported so far, in the order it came.</summary>
    public IReadOnlyList<SeenSpan> Spans => [.. _seen];

    /// <summary>What makes a process export to it, and soon.</summary>
    public (string Name, string Value)[] Environment =>
    [
        ("OTEL_EXPORTER_OTLP_ENDPOINT", _app.Urls.Single()),
        ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
        ("OTEL_METRICS_EXPORTER", "none"),
        ("OTEL_BSP_SCHEDULE_DELAY", "100"),
        ("OTEL_BSP_MAX_QUEUE_SIZE", "20000"),
    ];

    /// <summary>Listens on a free port of the loopback.</summary>
    public static async Task<TraceSink> Start()
    {
        var sink = new TraceSink();
        await sink._app.StartAsync();
        return sink;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task Take(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        foreach (var span in SeenSpan.Read(body.ToArray()))
            _seen.Enqueue(span);
        context.Response.ContentType = "application/x-protobuf";
    }
}
