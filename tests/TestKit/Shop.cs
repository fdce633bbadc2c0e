using Google.Protobuf.WellKnownTypes;
using OrderTracking.Compliance.V1;
using OrderTracking.Host;
using OrderTracking.Orders.V1;
using OrderTracking.Shipments.V1;
using State = OrderTracking.Shipments.V1.Shipment.Types.State;

namespace OrderTracking.TestKit;

/// <summary>What people of the company do, in one line each. Everything goes over gRPC with a token of the right role.</summary>
/// <param name="hire">Makes somebody of a name with a role.</param>
/// <param name="clock">What the time is for them.</param>
public sealed class Shop(Func<string, string, Person> hire, TimeProvider clock)
{
    private const int PageSizeMax = 1000;

    public Person Caller { get; } = hire("erp", "caller");

    public Person Analyst { get; } = hire("ana", "analyst");

    public Person Officer { get; } = hire("olivia", "officer");

    public Person SecondOfficer { get; } = hire("otto", "officer");

    public Person Counsel { get; } = hire("clara", "counsel");

    public Person Auditor { get; } = hire("audrey", "auditor");

    public static string NewRequestId() => Guid.CreateVersion7().ToString();

    /// <summary>Places an order; it is not planned or screened yet.</summary>
    public async Task<Order> PlaceOrder(OrderSketch? sketch = null, string? requestId = null) =>
        await Caller.Orders.PlaceOrderAsync(
            new() { Order = (sketch ?? new OrderSketch()).ToOrder(), RequestId = requestId ?? NewRequestId() });

    /// <summary>Places an order and waits until each of its shipments is screened and the order knows it.</summary>
    public async Task<IReadOnlyList<Shipment>> Screened(OrderSketch? sketch = null)
    {
        var order = await PlaceOrder(sketch);
        return await Screened(order.Name, order.Lines.Count);
    }

    /// <summary>Waits until an order has so many shipments and each is screened.</summary>
    public Task<IReadOnlyList<Shipment>> Screened(string order, int count) => Eventually.Becomes(
        $"{order} has {count} screened shipments",
        () => ShipmentsOf(order),
        shipments => shipments.Count == count && shipments.All(shipment => shipment.State is not State.Planned));

    /// <summary>Every shipment of an order, oldest first.</summary>
    public Task<IReadOnlyList<Shipment>> ShipmentsOf(string order) => Shipments($"order = \"{order}\"");

    /// <summary>Every shipment that fits a filter.</summary>
    public async Task<IReadOnlyList<Shipment>> Shipments(string filter = "")
    {
        var all = new List<Shipment>();
        var request = new ListShipmentsRequest { PageSize = PageSizeMax, Filter = filter };
        do
        {
            var page = await Auditor.Shipments.ListShipmentsAsync(request);
            all.AddRange(page.Shipments);
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);
        return all;
    }

    public async Task<Shipment> Shipment(string name) => await Auditor.Shipments.GetShipmentAsync(new GetShipmentRequest { Name = name });

    /// <summary>Waits until a shipment is in a state.</summary>
    public Task<Shipment> Becomes(string shipment, State state) =>
        Eventually.Becomes($"{shipment} is {state}", () => Shipment(shipment), read => read.State == state);

    public async Task<Shipment> Dispatch(string shipment, string? requestId = null) => await Caller.Shipments.DispatchShipmentAsync(
        new() { Name = shipment, Carrier = "Polar Air", TrackingNumber = "PA-1", RequestId = requestId ?? NewRequestId() });

    public async Task<Shipment> Report(string shipment, Milestone.Types.Kind kind, DateTimeOffset? eventTime = null)
    {
        var milestone = new Milestone { Kind = kind, EventTime = (eventTime ?? clock.GetUtcNow()).ToTimestamp() };
        return await Caller.Shipments.RecordMilestoneAsync(new() { Name = shipment, Milestone = milestone, RequestId = NewRequestId() });
    }

    /// <summary>Two people publish an amendment: the analyst proposes, counsel publishes.</summary>
    public async Task<Amendment> Publish(string rule, AmendmentSketch sketch) => await Publish(await Propose(rule, sketch));

    public async Task<Amendment> Propose(string rule, AmendmentSketch sketch) => await Analyst.Rules.ProposeAmendmentAsync(
        new ProposeAmendmentRequest
        {
            Rule = $"rules/{rule}",
            Title = $"Test rule {rule}",
            Definition = sketch.Definition,
            Tests = { sketch.Tests() },
        });

    public async Task<Amendment> Publish(Amendment proposed) =>
        await Counsel.Rules.PublishAmendmentAsync(new PublishAmendmentRequest { Name = proposed.Name });

    /// <summary>The open holds of a shipment.</summary>
    public async Task<IReadOnlyList<Hold>> OpenHolds(string shipment)
    {
        var request = new ListHoldsRequest { PageSize = PageSizeMax, Filter = $"shipment = \"{shipment}\" AND state = \"OPEN\"" };
        return (await Auditor.Holds.ListHoldsAsync(request)).Holds;
    }
}
