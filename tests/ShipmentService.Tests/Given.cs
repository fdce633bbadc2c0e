using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.Contracts;
using OrderTracking.Contracts.Orders;
using OrderTracking.ShipmentService.Dispatches;
using OrderTracking.ShipmentService.OrderChanges;
using OrderTracking.ShipmentService.Shipments;

namespace OrderTracking.ShipmentService.Tests;

/// <summary>Orders and shipments as tests begin with them.</summary>
internal static class Given
{
    public const string Zone = "America/Los_Angeles";
    public static readonly DateTimeOffset Now = new(2025, 3, 1, 20, 0, 0, TimeSpan.Zero);
    public static readonly DateOnly ShipDate = new(2025, 3, 20);
    public static readonly Stamp Stamp = new(Now, "erp");

    public static readonly ShipmentTerms Terms = new("NVIDIA", [Buyer(), User()], "SG", "US", Zone, "EXPORT");

    public static Guid NewId() => Guid.CreateVersion7(Now);

    public static PartyFacts Buyer() => new("PURCHASER", "Trading House", "SG", "SG", true, null, null, null);

    public static PartyFacts User(string country = "SG") => new("END_USER", "Data Centre", country, country, true, null, null, 12.5m);

    public static OrderLineSnapshot Line(
        int number = 1, long quantity = 100, DateOnly? shipDate = null, string part = "900-21010-0000-000", long cents = 2_500_000) =>
        new(number, new ItemReference(part, null, null), quantity, new MoneyAmount("USD", cents), shipDate ?? ShipDate);

    public static OrderSnapshot Order(Guid id, long revision, params OrderLineSnapshot[] lines) => new(
        id, revision, Terms.Exporter, Terms.Parties, Terms.DestinationCountry, Terms.PlaceOfExportCountry, Terms.PlaceOfExportTimeZone, Terms.Movement, lines);

    public static PlannedOrder Known(OrderSnapshot order) => new(
        order.OrderId, order.Revision, false, FollowOrder.DigestOf(order), order.Lines.ToDictionary(
            line => line.Number, line => line.Quantity));

    public static Shipment Shipment(
        ShipmentState state = ShipmentState.Planned, long quantity = 100, Guid? orderId = null, DateOnly? planned = null)
    {
        var order = Order(orderId ?? NewId(), 1, Line(quantity: quantity));
        var shipment = OrderPlan.Follow(null, [], order, null, Stamp)[0].After;
        return shipment with
        {
            State = state,
            PlannedShipDate = planned ?? shipment.PlannedShipDate,
            ScreeningNumber = state == ShipmentState.Planned ? 0 : 1,
            Standing = state is ShipmentState.Held or ShipmentState.Blocked ? state : state == ShipmentState.Planned ? null : ShipmentState.Ready,
            AttemptId = state == ShipmentState.Dispatching ? NewId() : null,
            PermitId = shipment.IsGone || IsGone(state) ? NewId() : null,
        };
    }

    public static Screening Screening(long number, ShipmentState standing, long revision = 1, params string[] reasons) =>
        new(number, revision, standing, Overdue: false, NewId(), reasons);

    public static DispatchAttempt Attempt(Shipment shipment, Guid id) =>
        new(id, shipment.Id, "", "warehouse", "DHL", "T-1", AttemptState.Open, null, Now, null, null);

    public static Refusal Refused(Action act) => Assert.Throws<Refusal>(act);

    private static bool IsGone(ShipmentState state) =>
        state is ShipmentState.Dispatched or ShipmentState.Recalled or ShipmentState.InTransit or ShipmentState.Delivered or ShipmentState.Returned;
}
