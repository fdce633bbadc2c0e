using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using OrderTracking.Host.Traces;
using OrderTracking.TestKit;
using Xunit;

namespace OrderTracking.SystemTests.Traces;

/// <summary>The page in a real browser: found and read with the keyboard alone, at any width, in light and in dark.</summary>
public sealed class TracePageBrowserTests : IAsyncLifetime
{
    // Text and the colour behind it, by WCAG 2: 4.5 to 1 at least.
    private const string TooPale = """
        (() => {
          const rgb = text => { const part = text.match(/[\d.]+/g).map(Number); return { c: part.slice(0, 3), a: part.length > 3 ? part[3] : 1 }; };
          const light = c => { const [r, g, b] = c.map(v => (v /= 255) <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4); return .2126 * r + .7152 * g + .0722 * b; };
          const behind = e => { for (; e; e = e.parentElement) { const b = rgb(getComputedStyle(e).backgroundColor); if (b.a > .99) return b.c; } return [255, 255, 255]; };
          const found = [];
          const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          while (walk.nextNode()) {
            const e = walk.currentNode.parentElement;
            if (!walk.currentNode.data.trim() || !e.getClientRects().length || e.closest('.hidden')) continue;
            const [a, b] = [light(rgb(getComputedStyle(e).color).c), light(behind(e))];
            const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
            if (ratio < 4.5) found.push(`${walk.currentNode.data.trim()}: ${ratio.toFixed(2)}`);
          }
          return found;
        })()
        """;

    private const string TooWide = "document.documentElement.scrollWidth - document.documentElement.clientWidth";
    private const string Bars = """
        [...document.querySelectorAll('.spans li')].map(row => [row.id, row.querySelector('.bar rect').getBoundingClientRect()]).map(([id, box]) => [id, box.left, box.width])
        """;

    private const int Tab = 9;

    private static readonly ActivitySource Source = new("OrderTracking");
    private RunningHost _host = null!;
    private Uri _page = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await RunningHost.Start(settings: "--Traces:Page:Port=0");
        _page = _host.Services.GetRequiredService<TraceServer>().Address!;
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task An_order_is_looked_for_and_its_trace_is_read_with_the_keyboard_alone()
    {
        await using var browser = await Chromium.Start();
        var (order, trace) = await Screened();
        await browser.Go(_page);
        // To the content, to the list, to the field.
        for (var tab = 0; tab < 3; tab++)
            await browser.Press("Tab", Tab);
        Assert.Equal("q", (string?)await browser.Evaluate("document.activeElement.id"));
        await browser.Type(order);
        await browser.Loading(browser.Enter);
        Assert.Equal($"Traces of {order}", (string?)await browser.Evaluate("document.querySelector('h1').textContent"));
        await browser.Evaluate($"document.querySelector('a[href^=\"/traces/{trace}\"]').focus()");
        await browser.Loading(browser.Enter);
        Assert.Equal($"/traces/{trace}", (string?)await browser.Evaluate("location.pathname"));
        // What was looked for is open already; another span opens on Enter.
        Assert.Equal(order, (string?)await browser.Evaluate("document.querySelector('.meant details[open] dd.id a').textContent"));
        await browser.Evaluate("document.querySelector('.span summary').focus()");
        await browser.Enter();
        Assert.True((bool?)await browser.Evaluate("document.querySelector('.span details').open"));
        Assert.Empty(browser.Complaints);
    }

    [Theory]
    [InlineData(1280, false)]
    [InlineData(1280, true)]
    [InlineData(700, false)]
    [InlineData(320, false)]
    [InlineData(320, true)]
    public async Task It_is_readable_at_any_width_in_light_and_in_dark(int width, bool isDark)
    {
        await using var browser = await Chromium.Start();
        var (_, trace) = await Screened();
        Failing();
        await browser.Show(width, isDark);
        foreach (var path in new[] { "/", $"/traces/{trace}", "/?failed=1", "/?q=nothing" })
        {
            await browser.Go(new Uri(_page, path));
            await browser.Evaluate("document.querySelectorAll('details').forEach(one => one.open = true)");
            Assert.Equal(0, (int?)await browser.Evaluate(TooWide));
            Assert.Equal("[]", (await browser.Evaluate(TooPale))!.ToJsonString());
        }

        // The measure sees what is too pale, and what is too wide.
        await browser.Evaluate("document.body.append(Object.assign(document.createElement('p'), { id: 'pale', textContent: 'w'.repeat(500) }))");
        await browser.Evaluate("document.getElementById('pale').style.color = getComputedStyle(document.body).backgroundColor");
        Assert.NotEqual("[]", (await browser.Evaluate(TooPale))!.ToJsonString());
        Assert.NotEqual(0, (int?)await browser.Evaluate(TooWide));
        Assert.Empty(browser.Complaints);
    }

    [Fact]
    public async Task Bars_stand_where_their_spans_do()
    {
        await using var browser = await Chromium.Start();
        var (_, trace) = await Screened();
        await browser.Show(1280, isDark: false);
        await browser.Go(new Uri(_page, $"/traces/{trace}"));
        var bars = (await browser.Evaluate(Bars))!.AsArray();
        Assert.True(bars.Count > 3);
        Assert.All(bars, bar => Assert.True((double)bar![2]! > 0));
        // More may have ended since.
        var spans = _host.Services.GetRequiredService<TraceStore>().Find(ActivityTraceId.CreateFromString(trace))!.Spans
            .ToDictionary(span => $"span-{span.Id.ToHexString()}");
        // Whoever starts later stands further right, unless the smallest bar at the end had to move.
        var order = bars.OrderBy(bar => spans[(string)bar![0]!].Start).Select(bar => (double)bar![1]!).ToList();
        Assert.All(order.Zip(order.Skip(1)), pair => Assert.True(pair.First <= pair.Second + 5, $"{pair}"));
    }

    [Fact]
    public async Task What_callers_say_runs_nothing()
    {
        await using var browser = await Chromium.Start();
        const string Hostile = "</a></dd></title></style><script>window.got = 1</script><img src=x onerror='window.got = 2'><svg onload='window.got = 3'>";
        using (var activity = Source.StartActivity(ActivityKind.Consumer, default, [new("order.id", Hostile), new(Hostile, Hostile)], name: Hostile))
            activity!.SetStatus(ActivityStatusCode.Error, Hostile);
        await browser.Go(new Uri(_page, $"/?q={Uri.EscapeDataString(Hostile)}"));
        await browser.Evaluate("document.querySelector('tbody th a').focus()");
        await browser.Loading(browser.Enter);
        Assert.Contains("onerror", (string?)await browser.Evaluate("document.querySelector('h1').textContent"), StringComparison.Ordinal);
        Assert.Null(await browser.Evaluate("window.got"));
        Assert.Equal(0, (int?)await browser.Evaluate("document.querySelectorAll('script, [onerror], [onload], main img').length"));
        Assert.Empty(browser.Complaints);
        // The policy would keep a script out that had come in: this one is kept out, and complained of.
        await browser.Evaluate("document.body.append(Object.assign(document.createElement('script'), { textContent: 'window.got = 4' }))");
        Assert.Null(await browser.Evaluate("window.got"));
        await Eventually.Becomes("the browser complains", () => Task.FromResult(!browser.Complaints.IsEmpty));
    }

    private static void Failing()
    {
        using var activity = Source.StartActivity("orders/Failing", ActivityKind.Consumer, default(ActivityContext))!;
        activity.SetStatus(ActivityStatusCode.Error, "The line has no price.");
        activity.AddException(new InvalidOperationException("No price."));
        using var below = Source.StartActivity("orders/Refusing", ActivityKind.Server)!;
        below.SetTag("grpc.status_code", 9);
    }

    private async Task<(string Order, string Trace)> Screened()
    {
        string order, trace;
        using (var activity = Source.StartActivity("test: place an order", ActivityKind.Internal, default(ActivityContext))!)
        {
            trace = activity.TraceId.ToHexString();
            order = (await _host.Shop.PlaceOrder()).Name;
            activity.SetTag("order.id", order);
        }

        var store = _host.Services.GetRequiredService<TraceStore>();
        await Eventually.Becomes("the order's trace is whole", () => Task.FromResult(
            store.Find(ActivityTraceId.CreateFromString(trace))?.Spans.Any(span => span.Name == "orders/TakeComplianceEvents") == true));
        return (order, trace);
    }
}
