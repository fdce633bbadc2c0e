using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using OrderTracking.Host.Traces;
using OrderTracking.Orders.V1;
using OrderTracking.TestKit;
using Xunit;

namespace OrderTracking.SystemTests.Traces;

/// <summary>An operator opens the page of a Host that runs, sees what happened lately, and finds an order's trace by the order's id.</summary>
public sealed class TracePageTests : IAsyncLifetime
{
    // The services' own source, which every Host of the process listens to.
    private static readonly ActivitySource Source = new("OrderTracking");
    private readonly HttpClient _browser = new();
    private RunningHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await RunningHost.Start(settings: "--Traces:Page:Port=0");
        _browser.BaseAddress = _host.Services.GetRequiredService<TraceServer>().Address;
    }

    public async ValueTask DisposeAsync()
    {
        _browser.Dispose();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task An_order_that_is_placed_is_listed_found_by_its_id_and_shown_as_a_waterfall()
    {
        var (order, trace) = await PlaceOrder();
        var list = await Eventually.Becomes("the trace is listed", () => Page("/"), page => page.Contains(trace, StringComparison.Ordinal));
        Assert.Contains("<h1>Recent traces</h1>", list, StringComparison.Ordinal);
        foreach (var words in new[] { order.Name, order.Name["orders/".Length..], trace })
        {
            var found = await Page($"/?q={Uri.EscapeDataString(words)}");
            Assert.Contains($"/traces/{trace}?q=", found, StringComparison.Ordinal);
        }

        Assert.Contains("No trace that is kept fits.", await Page($"/?q={Guid.CreateVersion7()}"), StringComparison.Ordinal);
        // Order, shipment, decision and back.
        string[] walk = ["OrderService/PlaceOrder", "shipments/TakeOrderEvents", "compliance/FollowShipments", "orders/TakeComplianceEvents"];
        var waterfall = await Eventually.Becomes(
            "every hop is in the trace", () => Page($"/traces/{trace}"), page => walk.All(hop => page.Contains($">{hop}</span>", StringComparison.Ordinal)));
        AssertInOrder(waterfall, [.. walk.Select(hop => $"<span class=\"title\">{hop}</span>")]);
        foreach (var service in ServiceOfSpan.All)
            Assert.Contains($"<span class=\"badge s-{service}\">{service}</span>", waterfall, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_callers_say_is_shown_and_never_obeyed()
    {
        const string Hostile = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>&\u202e";
        var trace = Emit(Hostile, ("order.id", Hostile), (Hostile, "key"), ("why", "</dd></dl><style>*{display:none}</style>"));
        foreach (var path in new[] { $"/traces/{trace}", "/", $"/?q={Uri.EscapeDataString(Hostile)}", $"/traces/{trace}?q={Uri.EscapeDataString(Hostile)}" })
        {
            var page = await Page(path);
            Assert.Contains("&lt;script&gt;", page, StringComparison.Ordinal);
            Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("<style", page, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("<img src=x", page, StringComparison.Ordinal);
            Assert.DoesNotContain("\u202e", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_failed_span_says_so_and_why_and_the_failed_ones_can_be_listed_alone()
    {
        var fine = Emit("orders/Fine", ("order.id", "orders/fine-1"));
        string failed;
        using (var activity = Source.StartActivity("orders/Failing", ActivityKind.Consumer, default(ActivityContext)))
        {
            activity!.SetStatus(ActivityStatusCode.Error, "The line has no price.");
            activity.AddException(new InvalidOperationException("No price & no quantity."));
            failed = activity.TraceId.ToHexString();
        }

        var page = await Page($"/traces/{failed}");
        AssertInOrder(page, "<span class=\"failed\">failed</span>", "<details open>", "The line has no price.", "exception", "No price &amp; no quantity.");
        var list = await Page("/?failed=1");
        Assert.Contains(failed, list, StringComparison.Ordinal);
        Assert.DoesNotContain(fine, list, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_call_shows_its_status_and_is_no_failure_of_the_service()
    {
        string trace;
        using (var activity = Source.StartActivity("test: ask in vain", ActivityKind.Internal, default(ActivityContext))!)
        {
            trace = activity.TraceId.ToHexString();
            await Assert.ThrowsAsync<RpcException>(async () => await _host.Shop.Caller.Orders.GetOrderAsync(new GetOrderRequest { Name = "orders/none" }));
        }

        var page = await Eventually.Becomes(
            "the call is in the trace", () => Page($"/traces/{trace}"), page => page.Contains("refused: ", StringComparison.Ordinal));
        Assert.Matches("refused: (NOT_FOUND|INVALID_ARGUMENT)", page);
        Assert.DoesNotContain("class=\"failed\"", page, StringComparison.Ordinal);
        Assert.Contains(trace, await Page("/?failed=1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_span_of_several_orders_is_found_by_each()
    {
        var trace = Emit("compliance.recheck", ("order.id", new[] { "0197-a", "0197-b" }), ("caller.trace_id", "4b6308793863af6a271179d8efe90ec3"));
        Assert.Contains(trace, await Page("/?q=orders/0197-a"), StringComparison.Ordinal);
        Assert.Contains(trace, await Page("/?q=0197-b"), StringComparison.Ordinal);
        Assert.Contains("<a href=\"/traces/4b6308793863af6a271179d8efe90ec3\">", await Page($"/traces/{trace}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Linked_traces_lead_to_one_another()
    {
        var cause = Emit("orders/Cause");
        var link = new ActivityLink(new ActivityContext(ActivityTraceId.CreateFromString(cause), ActivitySpanId.CreateRandom(), default));
        string effect;
        using (var activity = Source.StartActivity("compliance.recheck", ActivityKind.Internal, default(ActivityContext), links: [link]))
            effect = activity!.TraceId.ToHexString();
        Assert.Contains($"Linked to <a class=\"id\" href=\"/traces/{cause}\">", await Page($"/traces/{effect}"), StringComparison.Ordinal);
        Assert.Contains($"Linked from <a href=\"/traces/{effect}\">", await Page($"/traces/{cause}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_own_requests_and_those_for_health_are_no_traces()
    {
        await new Grpc.Health.V1.Health.HealthClient(_host.Channel).CheckAsync(new());
        await Page("/?q=itself");
        var trace = Emit("orders/After");
        var store = _host.Services.GetRequiredService<TraceStore>();
        Assert.NotNull(store.Find(ActivityTraceId.CreateFromString(trace)));
        Assert.DoesNotContain(store.Newest(), one => one.Spans.Any(span =>
            span.Name.Contains("grpc.health", StringComparison.Ordinal) || span.Name.StartsWith("GET", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("localhost", HttpStatusCode.OK)]
    [InlineData("localhost:5088", HttpStatusCode.OK)]
    [InlineData("127.0.0.1", HttpStatusCode.OK)]
    [InlineData("[::1]:5088", HttpStatusCode.OK)]
    [InlineData("traces.example", HttpStatusCode.MisdirectedRequest)]
    [InlineData("localhost.traces.example", HttpStatusCode.MisdirectedRequest)]
    [InlineData("127.0.0.1.traces.example:5088", HttpStatusCode.MisdirectedRequest)]
    [InlineData("192.0.2.1", HttpStatusCode.MisdirectedRequest)]
    public async Task Only_names_of_the_loopback_are_answered(string name, HttpStatusCode status)
    {
        var trace = Emit("orders/Private");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Host = name;
        using var answer = await _browser.SendAsync(request);
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(status == HttpStatusCode.OK, (await answer.Content.ReadAsStringAsync()).Contains(trace, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("OPTIONS")]
    [InlineData("HEAD")]
    public async Task Nothing_but_reading_is_answered(string method)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), "/");
        using var answer = await _browser.SendAsync(request);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Equal(["GET"], answer.Content.Headers.Allow);
    }

    [Theory]
    [InlineData("/", HttpStatusCode.OK)]
    [InlineData("/style.css", HttpStatusCode.OK)]
    [InlineData("/icon.svg", HttpStatusCode.OK)]
    [InlineData("/traces/0af7651916cd43dd8448eb211c80319c", HttpStatusCode.NotFound)]
    [InlineData("/traces/..%2f..%2fetc%2fpasswd", HttpStatusCode.NotFound)]
    [InlineData("/appsettings.json", HttpStatusCode.NotFound)]
    [InlineData("/?page=99999999999999999999", HttpStatusCode.OK)]
    [InlineData("/?page=100000", HttpStatusCode.OK)]
    public async Task Every_answer_allows_no_script_no_frame_and_no_cookie(string path, HttpStatusCode status)
    {
        using var answer = await _browser.GetAsync(path);
        Assert.Equal(status, answer.StatusCode);
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("script-src", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal(["nosniff"], answer.Headers.GetValues("X-Content-Type-Options"));
        Assert.Equal(["no-referrer"], answer.Headers.GetValues("Referrer-Policy"));
        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        Assert.DoesNotContain(" style=", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_listens_on_the_loopback_only()
    {
        var port = _browser.BaseAddress!.Port;
        using var here = new TcpClient();
        await here.ConnectAsync(IPAddress.Loopback, port);
        var others = (await Dns.GetHostAddressesAsync(Dns.GetHostName(), AddressFamily.InterNetwork)).Where(address => !IPAddress.IsLoopback(address));
        // Any of the machine's own addresses would do from outside; 127.0.0.2 would answer if it listened on all of them.
        foreach (var address in others.Append(IPAddress.Parse("127.0.0.2")))
        {
            using var outside = new TcpClient();
            await Assert.ThrowsAnyAsync<SocketException>(() => outside.ConnectAsync(address, port));
        }
    }

    private static string Emit(string name, params (string Key, object? Value)[] attributes)
    {
        using var activity = Source.StartActivity(
            ActivityKind.Consumer, default, attributes.Select(one => KeyValuePair.Create(one.Key, one.Value)), name: name)!;
        return activity.TraceId.ToHexString();
    }

    private static void AssertInOrder(string page, params string[] parts)
    {
        var at = 0;
        foreach (var part in parts)
        {
            at = page.IndexOf(part, at, StringComparison.Ordinal);
            Assert.True(at >= 0, $"{part} is missing, or comes too early, in\n{page}");
        }
    }

    // The caller's own span knows the order, as the services' do.
    private async Task<(Order Order, string Trace)> PlaceOrder()
    {
        using var activity = Source.StartActivity("test: place an order", ActivityKind.Internal, default(ActivityContext))!;
        var order = await _host.Shop.PlaceOrder();
        activity.SetTag("order.id", order.Name);
        return (order, activity.TraceId.ToHexString());
    }

    private async Task<string> Page(string path)
    {
        using var answer = await _browser.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync();
    }
}
