namespace OrderTracking.Host.Traces;

/// <summary>What a span says about itself. The attributes' values are others' words.</summary>
internal static class SpanDetails
{
    private const string TraceSuffix = ".trace_id";

    public static void Write(Html html, KeptSpan span)
    {
        html.Add($"""<div class="details">""");
        if (span.StatusText.Length > 0)
            html.Add($"""<p class="why">{span.StatusText}</p>""");
        html.Add($"""<dl class="attributes">""");
        foreach (var (key, value) in span.Attributes.OrderByDescending(attribute => TraceSearch.IsId(attribute.Key)))
            Attribute(html, key, value);
        html.Add($"""
            <div><dt>name</dt><dd>{span.Name}</dd></div>
            <div><dt>source</dt><dd>{span.Source}</dd></div>
            <div><dt>span</dt><dd class="id">{span.Id.ToHexString()}</dd></div>
            <div><dt>start (UTC)</dt><dd>{Words.Time(span.Start)}</dd></div>
            </dl>
            """);
        if (span.AttributesLeftOut > 0)
            html.Add($"""<p class="note">{Words.Many(span.AttributesLeftOut, "attribute")} did not fit and are not shown.</p>""");
        Events(html, span);
        foreach (var id in span.Links)
            html.Add($"""<p>Linked to trace <a class="id" href="/traces/{id.ToHexString()}">{id.ToHexString()}</a></p>""");
        html.Add($"""</div>""");
    }

    private static void Attribute(Html html, string key, string value)
    {
        if (key.EndsWith(TraceSuffix, StringComparison.Ordinal))
            html.Add($"""<div><dt>{key}</dt><dd class="id"><a href="/traces/{value}">{value}</a></dd></div>""");
        else if (TraceSearch.IsId(key))
            html.Add($"""<div><dt>{key}</dt><dd class="id"><a href="/?q={Uri.EscapeDataString(value)}">{value}</a></dd></div>""");
        else
            html.Add($"""<div><dt>{key}</dt><dd>{value}</dd></div>""");
    }

    private static void Events(Html html, KeptSpan span)
    {
        if (span.Events.Length == 0)
            return;
        html.Add($"""<ul class="events">""");
        foreach (var happened in span.Events)
            html.Add($"""<li><time datetime="{Words.Machine(happened.Time)}">{Words.Time(happened.Time)}</time> <strong>{happened.Name}</strong> {happened.Text}</li>""");
        html.Add($"""</ul>""");
    }
}
