using System.Text.RegularExpressions;
using OrderTracking.TestKit.Telemetry;

namespace OrderTracking.SystemTests.Monitoring;

/// <summary>Which service caused what in which, by the spans of one trace.</summary>
internal static partial class TraceEdges
{
    /// <summary>What one order that is placed and screened shows.</summary>
    public static readonly IReadOnlyList<string> OfPlacing =
        ["caller > orders", "orders > shipments", "shipments > compliance", "compliance > shipments", "shipments > orders", "compliance > orders"];

    /// <summary>The edges from a span to one of another service, of those spans that can be walked back to the caller's.</summary>
    public static IReadOnlySet<string> Of(IEnumerable<SeenSpan> spans, TracedCaller caller)
    {
        var trace = spans.Where(span => span.TraceId == caller.TraceId).ToDictionary(span => span.SpanId);
        var edges = new HashSet<string>(StringComparer.Ordinal);
        foreach (var span in trace.Values.Where(span => ComesFrom(span, trace, caller)))
        {
            var cause = span.ParentSpanId == caller.SpanId ? "caller" : ServiceOf(trace[span.ParentSpanId]);
            if (cause != ServiceOf(span))
                edges.Add($"{cause} > {ServiceOf(span)}");
        }

        return edges;
    }

    private static bool ComesFrom(SeenSpan span, Dictionary<string, SeenSpan> trace, TracedCaller caller)
    {
        for (var at = span; ; at = trace[at.ParentSpanId])
        {
            if (at.ParentSpanId == caller.SpanId)
                return true;
            if (!trace.ContainsKey(at.ParentSpanId))
                return false;
        }
    }

    // Of a consumer the queue, of an activity of its own the service it is named after, of a call the package.
    private static string ServiceOf(SeenSpan span) => Service().Match(span.Name).Groups[1].Value;

    [GeneratedRegex(@"^(?:(?:POST /)?ordertracking\.)?([a-z]+)[./]")]
    private static partial Regex Service();
}
