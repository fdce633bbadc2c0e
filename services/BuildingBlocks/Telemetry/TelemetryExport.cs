using System.Globalization;
using System.Reflection;
using MassTransit.Monitoring;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace OrderTracking.BuildingBlocks.Telemetry;

/// <summary>Sends traces and metrics where the configuration says; <c>/metrics</c> has a port of its own, apart from gRPC.</summary>
internal static class TelemetryExport
{
    private static readonly string[] Meters =
    [
        DatabaseGauges.MeterName, InstrumentationOptions.MeterName, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel",
        "Microsoft.AspNetCore.RateLimiting", "System.Net.Http", "System.Runtime",
    ];

    /// <summary>Adds the exporters and the gauges. After the gRPC server's address, which is the process's first.</summary>
    public static void AddTelemetryExport(this WebApplicationBuilder builder, TelemetryOptions options)
    {
        var services = builder.Services;
        services.AddSingleton(options);
        var telemetry = services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(
                options.ServiceName ?? builder.Environment.ApplicationName,
                serviceVersion: VersionOf(Assembly.GetEntryAssembly()),
                serviceInstanceId: string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}-{Environment.ProcessId}")))
            .WithTracing(tracing =>
            {
                tracing.AddSource(Spans.SourceName).AddAspNetCoreInstrumentation().AddGrpcClientInstrumentation();
                tracing.SetSampler(provider => new KeepingSampler(options.Sampler, provider.GetServices<KeptActivities>()));
                if (options.Pushes)
                    tracing.AddOtlpExporter();
            });
        if (!options.ExportsMetrics)
            return;
        // The container's own instance, so that it ends with the process: gauges outlive nobody.
        services.AddHostedService<DatabaseGauges>();
        telemetry.WithMetrics(metrics =>
        {
            metrics.AddMeter(Meters);
            if (options.Pushes && options.PushesMetrics)
                metrics.AddOtlpExporter();
            if (options.PrometheusPort is not null)
                metrics.AddPrometheusExporter();
        });
        if (options.PrometheusPort is { } port)
            builder.WebHost.ConfigureKestrel(server => server.Listen(options.PrometheusAddress, port, Mark));
    }

    /// <summary>Serves <c>/metrics</c>, and nothing else, on its port. Before everything else that is mapped.</summary>
    public static void UseTelemetryExport(this WebApplication app)
    {
        app.Use(GrpcStatusTag.Add);
        if (app.Services.GetRequiredService<TelemetryOptions>().PrometheusPort is null)
            return;
        app.MapWhen(context => context.Features.Get<MetricsListener>() is not null, branch =>
        {
            branch.UseOpenTelemetryPrometheusScrapingEndpoint();
            branch.Run(context =>
            {
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
            });
        });
    }

    // By the listener and not by the port's number, which is not known before the server is bound where it is any free one.
    private static void Mark(ListenOptions listen)
    {
        listen.Protocols = HttpProtocols.Http1;
        listen.Use(next => connection =>
        {
            connection.Features.Set(MetricsListener.Here);
            return next(connection);
        });
    }

    private static string? VersionOf(Assembly? assembly) =>
        assembly?.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;

    private sealed class MetricsListener
    {
        public static readonly MetricsListener Here = new();
    }
}
