using System.Diagnostics;

namespace OrderTracking.Host.Traces;

/// <summary>The spans of a trace that are kept, as they were at one moment.</summary>
internal sealed class KeptTrace
{
    public KeptTrace(ActivityTraceId id, KeptSpan[] spans, int leftOut)
    {
        (Id, LeftOut, Spans) = (id, leftOut, spans);
        var first = spans[0];
        var end = first.End;
        foreach (var span in spans)
        {
            if (span.Start < first.Start)
                first = span;
            if (span.End > end)
                end = span.End;
        }

        (Start, Duration) = (first.Start, end - first.Start);
    }

    public ActivityTraceId Id { get; }

    /// <summary>As they ended.</summary>
    public IReadOnlyList<KeptSpan> Spans { get; }

    /// <summary>Spans that are not kept, because the trace is too long.</summary>
    public int LeftOut { get; }

    public DateTime Start { get; }

    public TimeSpan Duration { get; }

    /// <summary>The worst of its spans.</summary>
    public Outcome Outcome => Spans.Max(span => span.Outcome);

    /// <summary>The spans as a tree, parents before their children and these by their start.</summary>
    public IReadOnlyList<WaterfallRow> Waterfall()
    {
        var known = Spans.Select(span => span.Id).ToHashSet();
        var children = Spans.Where(span => !IsRoot(span, known)).ToLookup(span => span.ParentId);
        var rows = new List<WaterfallRow>(Spans.Count);
        var services = new Dictionary<ActivitySpanId, string>(Spans.Count);
        var open = new Stack<(KeptSpan Span, int Depth)>();
        foreach (var root in Spans.Where(span => IsRoot(span, known)).OrderByDescending(span => span.Start))
            open.Push((root, 0));
        while (open.TryPop(out var next))
        {
            var (span, depth) = next;
            var service = ServiceOfSpan.Find(span) ?? services.GetValueOrDefault(span.ParentId) ?? ServiceOfSpan.Other;
            services[span.Id] = service;
            rows.Add(new WaterfallRow(span, depth, service));
            foreach (var child in children[span.Id].OrderByDescending(child => child.Start))
                open.Push((child, depth + 1));
        }

        return rows;
    }

    /// <summary>The values of an attribute over all spans, each once.</summary>
    public IReadOnlyList<string> Values(string key)
    {
        var named = Spans.SelectMany(span => span.Attributes).Where(attribute => attribute.Key == key);
        return [.. named.Select(attribute => attribute.Value).Distinct(StringComparer.Ordinal)];
    }

    // What called may be elsewhere, or may not have ended yet.
    private static bool IsRoot(KeptSpan span, HashSet<ActivitySpanId> known) => span.ParentId == span.Id || !known.Contains(span.ParentId);
}

/// <summary>A line of a waterfall.</summary>
internal readonly record struct WaterfallRow(KeptSpan Span, int Depth, string Service);
