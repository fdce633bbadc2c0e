using System.Diagnostics;
using OrderTracking.Host.Traces;
using Xunit;

namespace OrderTracking.SystemTests.Traces;

/// <summary>The spans of a trace in order, each with the service it is of; and what a search finds.</summary>
public sealed class WaterfallTests : IDisposable
{
    private const string Place = "ordertracking.orders.v1.OrderService/PlaceOrder";
    private readonly Spans _spans = new();

    public void Dispose() => _spans.Dispose();

    [Fact]
    public void Parents_come_before_their_children_and_these_by_their_start()
    {
        var root = Activity(default, "POST /" + Place);
        var first = Activity(root.Context, "shipments/PlanShipments");
        var second = Activity(root.Context, "orders/ApplyShipment");
        var below = Activity(first.Context, "ordertracking.compliance.v1.ComplianceService/CheckShipment");
        var waterfall = new KeptTrace(root.TraceId, [.. new[] { below, second, first, root }.Select(one => new KeptSpan(one))], 0).Waterfall();
        Assert.Equal(
            [("PlaceOrder", 0, "orders"), ("PlanShipments", 1, "shipments"), ("CheckShipment", 2, "compliance"), ("ApplyShipment", 1, "orders")],
            waterfall.Select(row => (Words.Title(row.Span).Split('/')[^1], row.Depth, row.Service)));
    }

    [Fact]
    public void A_call_to_another_service_is_of_the_one_that_calls()
    {
        var root = Activity(default, "shipments/ApplyDispatch");
        var call = _spans.Client(root.Context, "ordertracking.compliance.v1.PermitService/IssuePermit");
        var work = Activity(call.Context, "POST /ordertracking.compliance.v1.PermitService/IssuePermit");
        var waterfall = new KeptTrace(root.TraceId, [new(work), new(call), new(root)], 0).Waterfall();
        Assert.Equal(["shipments", "shipments", "compliance"], waterfall.Select(row => row.Service));
        Assert.Equal(["ApplyDispatch", "PermitService/IssuePermit", "PermitService/IssuePermit"], waterfall.Select(row => Words.Title(row.Span).Replace("shipments/", "", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_span_whose_parent_is_not_kept_is_a_root_and_none_is_lost()
    {
        var elsewhere = new ActivityContext(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded);
        var spans = Enumerable.Range(0, 5).Select(_ => _spans.Under(elsewhere, "orders/Lone")).ToArray();
        Assert.Equal(5, new KeptTrace(elsewhere.TraceId, spans, 0).Waterfall().Count(row => row.Depth == 0));
    }

    [Theory]
    [InlineData("grpc.status_code", 0, "Ok", "")]
    [InlineData("grpc.status_code", 1, "Ok", "CANCELLED")]
    [InlineData("grpc.status_code", "9", "Refused", "FAILED_PRECONDITION")]
    [InlineData("grpc.status_code", 13, "Failed", "INTERNAL")]
    [InlineData("rpc.response.status_code", "PERMISSION_DENIED", "Refused", "PERMISSION_DENIED")]
    [InlineData("rpc.response.status_code", "UNAVAILABLE", "Failed", "UNAVAILABLE")]
    [InlineData("grpc.status_code", 99, "Ok", "")]
    public void A_call_ended_as_its_grpc_status_says(string key, object value, string outcome, string status)
    {
        var span = _spans.One(Place, (key, value));
        Assert.Equal((outcome, status), (span.Outcome.ToString(), span.Status));
    }

    [Fact]
    public void A_chain_of_a_thousand_spans_is_written()
    {
        var chain = new List<Activity> { Activity(default, "orders/First") };
        while (chain.Count < 1_000)
            chain.Add(Activity(chain[^1].Context, "orders/Next"));
        var trace = new KeptTrace(chain[0].TraceId, [.. chain.Select(one => new KeptSpan(one))], 0);
        Assert.Equal(999, trace.Waterfall()[^1].Depth);
        var html = new Html();
        new WaterfallPage(trace, new TraceSearch(""), []).Write(html);
        Assert.Contains("Level 1000: ", html.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("orders/0197-a", true)]
    [InlineData(" 0197-A ", true)]
    [InlineData("shipments/s-1", true)]
    [InlineData("s-1", true)]
    [InlineData("d-1", true)]
    [InlineData("decisions/d-1", true)]
    [InlineData("holds/0197-a", false)]
    [InlineData("0197", false)]
    [InlineData("PlaceOrder", false)]
    [InlineData("not this one", false)]
    [InlineData("/", false)]
    [InlineData("", true)]
    public void An_id_is_found_with_and_without_its_collection_and_as_a_whole_only(string words, bool isFound)
    {
        var span = _spans.One(Place, ("order.id", "orders/0197-a"), ("shipment.id", "shipments/s-1"), ("decision.id", "d-1"), ("rpc.method", "PlaceOrder"));
        Assert.Equal(isFound, new TraceSearch(words).Finds(new KeptTrace(span.TraceId, [span], 0)));
    }

    [Theory]
    [InlineData("POST /ordertracking.orders.v1.OrderService/PlaceOrder", "OrderService/PlaceOrder")]
    [InlineData("ordertracking.orders.v1.OrderService/PlaceOrder", "OrderService/PlaceOrder")]
    [InlineData("POST /google.longrunning.Operations/GetOperation", "Operations/GetOperation")]
    [InlineData("shipments/TakeOrderEvents", "shipments/TakeOrderEvents")]
    [InlineData("compliance.decision-held", "compliance.decision-held")]
    [InlineData("GET /", "GET /")]
    public void A_title_is_without_what_every_name_has_in_common(string name, string title) => Assert.Equal(title, Words.Title(_spans.One(name)));

    [Fact]
    public void A_trace_is_found_by_its_own_id_or_the_beginning_of_it()
    {
        var span = _spans.One(Place);
        var id = span.TraceId.ToHexString();
        var trace = new KeptTrace(span.TraceId, [span], 0);
        Assert.True(new TraceSearch(id).Finds(trace));
        Assert.True(new TraceSearch(id[..8].ToUpperInvariant()).Finds(trace));
        Assert.False(new TraceSearch(id[..7]).Finds(trace));
        Assert.False(new TraceSearch(ActivityTraceId.CreateRandom().ToHexString()).Finds(trace));
    }

    private Activity Activity(ActivityContext parent, string name) => _spans.Activity(parent, name);
}
