using System.Diagnostics;
using OrderTracking.Host.Traces;

namespace OrderTracking.SystemTests.Traces;

/// <summary>Spans as the services' would be, of a source that nobody else listens to.</summary>
internal sealed class Spans : IDisposable
{
    private readonly ActivitySource _source = new("OrderTracking.SystemTests.Traces");
    private readonly ActivityListener _listener;

    public Spans()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source == _source,
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public void Dispose()
    {
        _listener.Dispose();
        _source.Dispose();
    }

    /// <summary>A span that has ended.</summary>
    public KeptSpan One(string name, params (string Key, object? Value)[] attributes) =>
        Under(new ActivityContext(ActivityTraceId.CreateRandom(), default, ActivityTraceFlags.Recorded), name, attributes);

    public KeptSpan Under(ActivityContext parent, string name, params (string Key, object? Value)[] attributes) =>
        new(Activity(parent, name, attributes));

    /// <summary>A call that was made, as its caller sees it.</summary>
    public Activity Client(ActivityContext parent, string name)
    {
        var activity = _source.StartActivity(ActivityKind.Client, parent, name: name)!;
        activity.Stop();
        return activity;
    }

    public Activity Activity(ActivityContext parent, string name, params (string Key, object? Value)[] attributes)
    {
        // Without a parent's span there is no parent, and the trace would be another one.
        if (parent.SpanId == default && parent.TraceId != default)
            parent = new ActivityContext(parent.TraceId, ActivitySpanId.CreateRandom(), parent.TraceFlags);
        var activity = _source.StartActivity(ActivityKind.Server, parent, attributes.ToDictionary(one => one.Key, one => one.Value), name: name)!;
        activity.Stop();
        return activity;
    }
}
