using System.Globalization;

namespace OrderTracking.Host.Traces;

/// <summary>The recent traces, or those that were looked for, the youngest first.</summary>
internal sealed class ListPage(IReadOnlyList<KeptTrace> found, TraceSearch search, bool failedOnly, int page)
{
    private const int PageSize = 50;
    private const int SubjectsMax = 4;

    public static string Title(TraceSearch search) => search.IsEmpty ? "Recent traces" : $"Traces of {search.Words}";

    public void Write(Html html)
    {
        html.Add($"""
            <div class="headline"><h1>{Title(search)}</h1>
            <p class="muted" role="status">{Words.Many(found.Count, failedOnly ? "failed or refused trace" : "trace")}{(page > 1 ? $", page {page}" : "")}</p></div>
            """);
        var shown = found.Skip((page - 1) * PageSize).Take(PageSize).ToList();
        if (shown.Count == 0)
            Nothing(html);
        else
            Table(html, shown);
        Pages(html);
    }

    private void Nothing(Html html)
    {
        if (search.IsEmpty && !failedOnly)
            html.Add($"""<p class="empty">Nothing has happened yet. Call a method, place an order, and <a href="/">load this page again</a>.</p>""");
        else
            html.Add($"""<p class="empty">No trace that is kept fits. Older ones are forgotten, and a span appears when it has ended. <a href="/">Recent traces</a></p>""");
    }

    private void Table(Html html, List<KeptTrace> shown)
    {
        html.Add($"""
            <table role="table" class="traces">
            <caption class="hidden">{Title(search)}, the youngest first</caption>
            <thead role="rowgroup"><tr role="row">
            <th role="columnheader" scope="col">Trace</th><th role="columnheader" scope="col">Started (UTC)</th>
            <th role="columnheader" scope="col" class="number">Duration</th><th role="columnheader" scope="col" class="number">Spans</th>
            <th role="columnheader" scope="col">Services</th><th role="columnheader" scope="col">Status</th><th role="columnheader" scope="col">About</th>
            </tr></thead>
            <tbody role="rowgroup">
            """);
        foreach (var trace in shown)
            Row(html, trace);
        html.Add($"""</tbody></table>""");
    }

    private void Row(Html html, KeptTrace trace)
    {
        var rows = trace.Waterfall();
        var query = search.IsEmpty ? "" : $"?q={Uri.EscapeDataString(search.Words)}";
        html.Add($"""
            <tr role="row">
            <th role="rowheader" scope="row"><a href="/traces/{trace.Id.ToHexString()}{query}">{Words.Title(rows[0].Span)}</a></th>
            <td role="cell" data-name="Started (UTC)"><time datetime="{Words.Machine(trace.Start)}">{Words.Time(trace.Start)}</time></td>
            <td role="cell" data-name="Duration" class="number">{Words.Length(trace.Duration)}</td>
            <td role="cell" data-name="Spans" class="number">{Words.Count(trace.Spans.Count + trace.LeftOut)}</td>
            <td role="cell" data-name="Services"><span class="badges">
            """);
        foreach (var service in rows.Select(row => row.Service).Distinct(StringComparer.Ordinal))
            Frame.Badge(html, service);
        html.Add($"""</span></td><td role="cell" data-name="Status">""");
        Frame.State(html, trace.Outcome, "");
        html.Add($"""</td><td role="cell" data-name="About" class="about">""");
        foreach (var (key, name) in TraceSearch.Subjects)
            Subjects(html, trace.Values(key), name);
        html.Add($"""</td></tr>""");
    }

    private static void Subjects(Html html, IReadOnlyList<string> values, string name)
    {
        foreach (var value in values.Take(SubjectsMax))
            html.Add($"""<span class="subject">{name} <a href="/?q={Uri.EscapeDataString(value)}">{value}</a></span>""");
        if (values.Count > SubjectsMax)
            html.Add($"""<span class="subject muted">{name}: {values.Count - SubjectsMax} more</span>""");
    }

    private void Pages(Html html)
    {
        var hasOlder = found.Count > page * PageSize;
        if (page == 1 && !hasOlder)
            return;
        html.Add($"""<nav class="pages" aria-label="Pages">""");
        if (page > 1)
            html.Add($"""<a rel="prev" href="/{Query(page - 1)}">Younger</a>""");
        if (hasOlder)
            html.Add($"""<a rel="next" href="/{Query(page + 1)}">Older</a>""");
        html.Add($"""</nav>""");
    }

    private string Query(int other) => string.Create(
        CultureInfo.InvariantCulture, $"?q={Uri.EscapeDataString(search.Words)}{(failedOnly ? "&failed=1" : "")}&page={other}");
}
