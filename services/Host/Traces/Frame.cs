namespace OrderTracking.Host.Traces;

/// <summary>What every page has around its content.</summary>
internal static class Frame
{
    public static string Around(string title, TraceSearch search, bool failedOnly, Action<Html> content, TraceCounts counts, TracePageOptions options)
    {
        var html = new Html();
        Head(html, title);
        Search(html, search, failedOnly);
        html.Add($"""<main id="content" tabindex="-1">""");
        content(html);
        html.Add($"""</main>""");
        Foot(html, counts, options);
        return html.ToString();
    }

    /// <summary>A page that only says something.</summary>
    public static string Saying(string title, string text, TraceCounts counts, TracePageOptions options) => Around(
        title,
        new TraceSearch(""),
        failedOnly: false,
        html => html.Add($"""<h1>{title}</h1><p class="empty">{text} <a href="/">Recent traces</a></p>"""),
        counts,
        options);

    public static void Badge(Html html, string service) => html.Add($"""<span class="badge s-{service}">{service}</span>""");

    /// <summary>How it ended, in a word.</summary>
    public static void State(Html html, Outcome outcome, string status)
    {
        var style = outcome switch { Outcome.Failed => "failed", Outcome.Refused => "refused", _ => "ok" };
        var word = outcome == Outcome.Ok && status.Length > 0 ? "ended" : style;
        html.Add($"""<span class="{style}">{word}{(status.Length > 0 ? $": {status}" : "")}</span>""");
    }

    private static void Head(Html html, string title) => html.Add($"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <title>{title} - OrderTracking traces</title>
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <link rel="stylesheet" href="/style.css">
        <link rel="icon" type="image/svg+xml" href="/icon.svg">
        </head>
        <body>
        <a class="skip" href="#content">Skip to the content</a>
        <header class="top">
        <a class="brand" href="/"><img src="/icon.svg" alt="" width="24" height="24">OrderTracking <span>traces</span></a>
        """);

    private static void Search(Html html, TraceSearch search, bool failedOnly)
    {
        html.Add($"""
            <form role="search" method="get" action="/">
            <label for="q">Id of an order, shipment, decision, hold, rule or trace</label>
            <div class="ask">
            <input id="q" name="q" type="search" value="{search.Words}" maxlength="200" autocomplete="off" spellcheck="false">
            """);
        if (failedOnly)
            html.Add($"""<label class="check"><input type="checkbox" name="failed" value="1" checked> failed or refused only</label>""");
        else
            html.Add($"""<label class="check"><input type="checkbox" name="failed" value="1"> failed or refused only</label>""");
        html.Add($"""
            <button type="submit">Search</button>
            </div>
            </form>
            </header>
            """);
    }

    private static void Foot(Html html, TraceCounts counts, TracePageOptions options)
    {
        html.Add($"""
            <footer>
            <p>In memory: {Words.Many(counts.Traces, "trace")}, {Words.Count(counts.Spans)} of {Words.Count(options.SpansMax)} spans,
            {Words.Mebibytes(counts.Bytes)} of {Words.Mebibytes(options.BytesMax)} MiB;
            {Words.Many(counts.Forgotten, "older trace")} forgotten. Everything is gone when the Host ends.</p>
            <p>A span appears when it has ended. Every span of this process is kept here, whatever is sampled for export. Times are UTC, by the machine's clock.</p>
            </footer>
            </body>
            </html>
            """);
    }
}
