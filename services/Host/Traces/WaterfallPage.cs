using System.Diagnostics;
using System.Globalization;

namespace OrderTracking.Host.Traces;

/// <summary>One trace: what it is about, and its spans in order, each as a bar on the time of the whole.</summary>
internal sealed class WaterfallPage(KeptTrace trace, TraceSearch search, IReadOnlyList<KeptTrace> linkedFrom)
{
    // Deeper spans are indented no further.
    private const int DepthMax = 12;
    private const double PercentMin = 0.4;
    private const int Ticks = 4;

    private readonly IReadOnlyList<WaterfallRow> _rows = trace.Waterfall();

    public string Title => Words.Title(_rows[0].Span);

    public void Write(Html html)
    {
        html.Add($"""
            <nav aria-label="Way back"><a href="/">Recent traces</a></nav>
            <div class="headline"><h1>{Title}</h1>
            """);
        Frame.State(html, trace.Outcome, "");
        html.Add($"""
            </div>
            <dl class="facts">
            <div><dt>Started (UTC)</dt><dd><time datetime="{Words.Machine(trace.Start)}">{Words.Time(trace.Start)}</time></dd></div>
            <div><dt>Duration</dt><dd>{Words.Length(trace.Duration)}</dd></div>
            <div><dt>Spans</dt><dd>{Words.Count(trace.Spans.Count + trace.LeftOut)}</dd></div>
            <div><dt>Trace</dt><dd class="id">{trace.Id.ToHexString()}</dd></div>
            """);
        foreach (var (key, name) in TraceSearch.Subjects)
            Subject(html, name, trace.Values(key));
        html.Add($"""</dl>""");
        if (trace.LeftOut > 0)
            html.Add($"""<p class="note">{Words.Many(trace.LeftOut, "span")} of this trace did not fit and are not shown.</p>""");
        Waterfall(html);
        Links(html);
    }

    private static void Subject(Html html, string name, IReadOnlyList<string> values)
    {
        if (values.Count == 0)
            return;
        html.Add($"""<div><dt>{name}</dt><dd class="id">""");
        foreach (var value in values)
            html.Add($"""<a href="/?q={Uri.EscapeDataString(value)}">{value}</a>""");
        html.Add($"""</dd></div>""");
    }

    private void Waterfall(Html html)
    {
        html.Add($"""
            <section aria-labelledby="waterfall"><h2 id="waterfall">Waterfall</h2>
            <p class="muted">Open a span for what it says about itself.</p>
            <div class="axis" aria-hidden="true"><span>Span</span><span>Service</span><span class="ticks">
            """);
        for (var tick = 0; tick < Ticks; tick++)
            html.Add($"""<span>{(tick == 0 ? "0" : Words.Length(trace.Duration * tick / Ticks))}</span>""");
        html.Add($"""</span><span class="number">Start</span><span class="number">Duration</span></div><ol class="spans">""");
        foreach (var row in _rows)
            Row(html, row);
        html.Add($"""</ol></section>""");
    }

    private void Row(Html html, WaterfallRow row)
    {
        var span = row.Span;
        var isMeant = !search.IsEmpty && search.IsAbout(span);
        var open = isMeant || (span.Outcome == Outcome.Failed && (span.StatusText.Length > 0 || span.Events.Length > 0)) ? " open" : "";
        var offset = span.Start - trace.Start;
        html.Add($"""
            <li id="span-{span.Id.ToHexString()}" class="{(isMeant ? "meant" : "span")}">
            <details{open}>
            <summary>
            <span class="name d{Math.Min(row.Depth, DepthMax)}"><span class="hidden">Level {row.Depth + 1}: </span><span class="title">{Words.Title(span)}</span>
            <span class="kind">{Words.Kind(span)}</span>
            """);
        if (span.Outcome != Outcome.Ok || span.Status.Length > 0)
            Frame.State(html, span.Outcome, span.Status);
        html.Add($"""</span>""");
        Frame.Badge(html, row.Service);
        Bar(html, row, offset);
        html.Add($"""
            <span class="number start"><span class="hidden">starts at </span>{Words.Length(offset)}</span>
            <span class="number length"><span class="hidden">takes </span>{Words.Length(span.Duration)}</span>
            </summary>
            """);
        SpanDetails.Write(html, span);
        html.Add($"""</details></li>""");
    }

    private void Bar(Html html, WaterfallRow row, TimeSpan offset)
    {
        var whole = Math.Max(trace.Duration.Ticks, 1);
        var width = Math.Clamp(100.0 * row.Span.Duration.Ticks / whole, PercentMin, 100);
        var left = Math.Clamp(100.0 * offset.Ticks / whole, 0, 100 - width);
        html.Add($"""
            <svg class="bar" aria-hidden="true" focusable="false">
            <rect class="{(row.Span.Outcome == Outcome.Failed ? "f" : "s")}-{row.Service}" x="{Percent(left)}" y="0" width="{Percent(width)}" height="100%" rx="3"/></svg>
            """);
    }

    private static string Percent(double value) => value.ToString("0.##", CultureInfo.InvariantCulture) + "%";

    private void Links(Html html)
    {
        var to = trace.Spans.SelectMany(span => span.Links).Where(id => id != trace.Id).Distinct().ToList();
        if (to.Count == 0 && linkedFrom.Count == 0)
            return;
        html.Add($"""<section aria-labelledby="links"><h2 id="links">Other traces</h2><ul class="links">""");
        foreach (var id in to)
            html.Add($"""<li>Linked to <a class="id" href="/traces/{id.ToHexString()}">{id.ToHexString()}</a></li>""");
        foreach (var other in linkedFrom)
            html.Add($"""<li>Linked from <a href="/traces/{other.Id.ToHexString()}">{Words.Title(other.Waterfall()[0].Span)}</a>, {Words.Time(other.Start)}</li>""");
        html.Add($"""</ul></section>""");
    }

    /// <summary>The traces one of whose spans is linked to this one.</summary>
    public static IReadOnlyList<KeptTrace> LinkedFrom(ActivityTraceId id, IReadOnlyList<KeptTrace> traces) =>
        [.. traces.Where(other => other.Id != id && other.Spans.Any(span => Array.IndexOf(span.Links, id) >= 0))];
}
