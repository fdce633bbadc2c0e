using System.Globalization;

namespace OrderTracking.Host.Traces;

/// <summary>The recent traces, or those that were looked for, the youngest first.</summary>
internal sealed class ListPage(IReadOnlyList<KeptTrace> found, TraceSearch search, bool failedOnly, int page)
{
    private const int PageSize = 50;
    private const int SubjectsMax = 2;
    private const int Columns = 6;

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
            <th role="columnheader" scope="col">Services</th><th role="columnheader" scope="col">Status</th>
            </tr></thead>
            """);
        foreach (var trace in shown)
            Row(html, trace);
        html.Add($"""</table>""");
    }

    private void Row(Html html, KeptTrace trace)
    {
        var rows = trace.Waterfall();
        var query = search.IsEmpty ? "" : $"?q={Uri.EscapeDataString(search.Words)}";
        html.Add($"""
            <tbody role="rowgroup"><tr role="row">
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
        html.Add($"""</td></tr>""");
        About(html, trace);
        html.Add($"""</tbody>""");
    }

    // A line of its own: ids are long, and they are what is looked for.
    private static void About(Html html, KeptTrace trace)
    {
        var subjects = TraceSearch.Subjects.Select(subject => (subject.Name, Values: trace.Values(subject.Key))).Where(subject => subject.Values.Count > 0).ToList();
        if (subjects.Count == 0)
            return;
        html.Add($"""<tr role="row" class="about"><td role="cell" colspan="{Columns}">""");
        foreach (var (name, values) in subjects)
            Subjects(html, values, name);
        html.Add($"""</td></tr>""");
    }

    private static void Subjects(Html html, IReadOnlyList<string> values, string name)
    {
        html.Add($"""<span class="subject">{name}""");
        foreach (var value in values.Take(SubjectsMax))
            html.Add($"""<a class="id" href="/?q={Uri.EscapeDataString(value)}">{value}</a>""");
        if (values.Count > SubjectsMax)
            html.Add($"""and {values.Count - SubjectsMax} more""");
        html.Add($"""</span>""");
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
