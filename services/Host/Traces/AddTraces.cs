using OpenTelemetry.Trace;
using OrderTracking.BuildingBlocks.Hosting;

namespace OrderTracking.Host.Traces;

/// <summary>Keeps recent traces in this process and shows them on a page.</summary>
internal static class AddTraces
{
    /// <summary>After the service defaults, which make the tracer this listens to.</summary>
    /// <exception cref="InvalidOperationException">A setting of <c>Traces:Page</c> is not allowed.</exception>
    public static void AddTracePage(this WebApplicationBuilder builder)
    {
        var options = TracePageOptions.From(builder.Configuration).Beside(ServiceHostOptions.From(builder.Configuration));
        if (!options.IsOn)
            return;
        builder.Services.AddSingleton(options).AddSingleton<TraceStore>().AddSingleton<EverySpan>().AddSingleton<TraceServer>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<TraceServer>());
        builder.Services.ConfigureOpenTelemetryTracerProvider((provider, tracing) =>
        {
            provider.GetRequiredService<EverySpan>();
            tracing.AddProcessor(new SpanKeeper(provider.GetRequiredService<TraceStore>()));
        });
    }
}
