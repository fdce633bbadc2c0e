using System.Diagnostics;
using OrderTracking.BuildingBlocks.Telemetry;

namespace OrderTracking.BuildingBlocks.Messaging;

/// <summary>W3C trace context and baggage, as they travel in rows and headers, so that one trace shows caller, services and events.</summary>
internal readonly record struct TraceCarrier(string? Traceparent, string? Tracestate, string? Baggage)
{
    /// <summary>The trace id; null where the event was sent outside a trace.</summary>
    public string? TraceId =>
        ActivityContext.TryParse(Traceparent, Tracestate, isRemote: true, out var context) ? context.TraceId.ToString() : null;

    public static TraceCarrier OfCurrentActivity()
    {
        if (Activity.Current is not { } activity)
            return default;
        // What the propagator writes where there is nothing but the trace, without a dictionary for each event.
        if (activity.IdFormat == ActivityIdFormat.W3C && string.IsNullOrEmpty(activity.TraceStateString) && !activity.Baggage.Any())
            return new TraceCarrier(activity.Id, null, null);
        var fields = new Dictionary<string, string>(3, StringComparer.OrdinalIgnoreCase);
        Propagator.Inject(activity, fields, static (carrier, name, value) => ((Dictionary<string, string>)carrier!)[name] = value);
        return new TraceCarrier(fields.GetValueOrDefault("traceparent"), fields.GetValueOrDefault("tracestate"), fields.GetValueOrDefault("baggage"));
    }

    /// <summary>Starts the activity of taking the event: a child of the one that sent it, with its baggage.</summary>
    public Activity? StartConsumer(string name)
    {
        ActivityContext.TryParse(Traceparent, Tracestate, isRemote: true, out var parent);
        var activity = Spans.Source.StartActivity(name, ActivityKind.Consumer, parent);
        if (activity is null || Baggage is null)
            return activity;
        var entries = Propagator.ExtractBaggage(Baggage, Read)?.ToList() ?? [];
        foreach (var (key, value) in entries)
            activity.AddBaggage(key, value);
        // Activities carry baggage to .NET's own propagator, this carries it to OpenTelemetry's.
        OpenTelemetry.Baggage.Current = OpenTelemetry.Baggage.Create(entries.ToDictionary(entry => entry.Key, entry => entry.Value ?? ""));
        return activity;
    }

    private static readonly DistributedContextPropagator Propagator = DistributedContextPropagator.CreateW3CPropagator();

    private static void Read(object? carrier, string name, out string? value, out IEnumerable<string>? values)
    {
        value = name == "baggage" ? (string?)carrier : null;
        values = null;
    }
}
