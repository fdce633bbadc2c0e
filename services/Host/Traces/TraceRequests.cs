using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;

namespace OrderTracking.Host.Traces;

/// <summary>Answers a browser. It is told nothing that would change anything, and answers only who called it by a name of the loopback.</summary>
internal sealed class TraceRequests(TraceStore store, TracePageOptions options)
{
    // No script, nothing from elsewhere, in nobody's frame; a search stays here.
    private const string ContentPolicy =
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private const string TracePrefix = "/traces/";
    private const string HtmlType = "text/html; charset=utf-8";
    private const string TextType = "text/plain; charset=utf-8";
    private const int TraceIdLength = 32;
    private const int PageMax = 100_000;
    private static readonly byte[] Style = Resource("style.css");
    private static readonly byte[] Icon = Resource("icon.svg");

    public Task Answer(HttpContext context)
    {
        var (request, headers) = (context.Request, context.Response.Headers);
        headers.ContentSecurityPolicy = ContentPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "no-store";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        // A page of elsewhere whose name was made to mean this machine would be read here, if any name did.
        if (!IsLoopback(request.Host.Host))
            return Send(context, HttpStatusCode.MisdirectedRequest, TextType, "Call this page by a name of the loopback: localhost, 127.0.0.1 or [::1].\n"u8.ToArray());
        if (!HttpMethods.IsGet(request.Method))
        {
            headers.Allow = HttpMethods.Get;
            return Send(context, HttpStatusCode.MethodNotAllowed, TextType, "Nothing can be changed here.\n"u8.ToArray());
        }

        return (request.Path.Value ?? "") switch
        {
            "/" => Page(context, HttpStatusCode.OK, List(request.Query)),
            "/style.css" => Send(context, HttpStatusCode.OK, "text/css; charset=utf-8", Style),
            "/icon.svg" => Send(context, HttpStatusCode.OK, "image/svg+xml", Icon),
            var path when path.StartsWith(TracePrefix, StringComparison.Ordinal) => One(context, path[TracePrefix.Length..]),
            _ => Page(context, HttpStatusCode.NotFound, Say("Nothing here", "There is no such page.")),
        };
    }

    internal static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private string List(IQueryCollection query)
    {
        var search = new TraceSearch(query["q"]);
        var failedOnly = query["failed"] == "1";
        var page = int.TryParse(query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? Math.Clamp(asked, 1, PageMax) : 1;
        var found = store.Newest().Where(trace => search.Finds(trace) && (!failedOnly || trace.Outcome != Outcome.Ok)).ToList();
        return Frame.Around(
            ListPage.Title(search), search, failedOnly, new ListPage(found, search, failedOnly, page).Write, store.Counts, options);
    }

    private Task One(HttpContext context, string id)
    {
        var isId = id.Length == TraceIdLength && id.All(char.IsAsciiHexDigitLower);
        if (!isId || store.Find(ActivityTraceId.CreateFromString(id)) is not { } trace)
            return Page(context, HttpStatusCode.NotFound, Say("Not kept", "No trace of this id is kept: it is forgotten, or none of its spans has ended."));
        var search = new TraceSearch(context.Request.Query["q"]);
        var page = new WaterfallPage(trace, search, WaterfallPage.LinkedFrom(trace.Id, store.Newest()));
        return Page(context, HttpStatusCode.OK, Frame.Around(page.Title, search, failedOnly: false, page.Write, store.Counts, options));
    }

    private string Say(string title, string text) => Frame.Saying(title, text, store.Counts, options);

    private static Task Page(HttpContext context, HttpStatusCode status, string html) =>
        Send(context, status, HtmlType, Encoding.UTF8.GetBytes(html));

    private static Task Send(HttpContext context, HttpStatusCode status, string type, byte[] body)
    {
        var response = context.Response;
        (response.StatusCode, response.ContentType, response.ContentLength) = ((int)status, type, body.Length);
        // Of what is refused, no body is read either.
        if (status is HttpStatusCode.MisdirectedRequest or HttpStatusCode.MethodNotAllowed)
            response.Headers.Connection = "close";
        return response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }

    private static byte[] Resource(string name)
    {
        using var stream = typeof(TraceRequests).Assembly.GetManifestResourceStream($"{typeof(TraceRequests).Namespace}.{name}")
            ?? throw new InvalidOperationException($"{name} is not in the program.");
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
