using System.Text.Json;
using Google.Protobuf.WellKnownTypes;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.OrderService.Changes;
using OrderTracking.Wire;
using V1 = OrderTracking.Orders.V1;

namespace OrderTracking.OrderService.Orders;

/// <summary>Changes what is ordered, after the shipment service has taken the change.</summary>
internal sealed class AmendOrder(ChangeWalk walk, TimeProvider clock)
{
    private const string Method = "ordertracking.orders.v1.OrderService/AmendOrder";
    private static readonly string[] Writable =
        ["parties", "destination_country", "delivery_address", "place_of_export", "movement", "lines", "documents"];

    private static readonly FieldMask.MergeOptions Replace = new()
    {
        ReplaceMessageFields = true,
        ReplaceRepeatedFields = true,
        ReplacePrimitiveFields = true,
    };

    public Task<V1.Order> Handle(V1.AmendOrderRequest request, Actor actor, CancellationToken cancellation)
    {
        var orderId = WireName.Require(request.Order?.Name ?? "", OrderWire.Collection, "order.name");
        var violations = new Violations();
        var reason = WireText.ParseOptional(request.Reason, "reason", Limits.ReasonCharactersMax, violations);
        var call = new ChangeCall(
            orderId, ChangeKind.Amend, Method, request.RequestId, actor, request, request.Order!.Etag, reason, request.ValidateOnly);
        return walk.Run(call, order => Plan(order, request, violations), cancellation);
    }

    private OrderContent? Plan(Order order, V1.AmendOrderRequest request, Violations violations)
    {
        var paths = UpdateMask.Resolve(request.UpdateMask, request.Order, Writable);
        if (paths.Count == 0)
            violations.Add("update_mask", BuildingReasons.UpdateMaskInvalid, null, $"at least one of {string.Join(", ", Writable)}, or *");
        var amended = new V1.Order();
        OrderWire.Write(order.Content, amended);
        new FieldMask { Paths = { paths } }.Merge(request.Order, amended, Replace);
        var content = OrderParser.Parse(amended, order.Content, clock.GetUtcNow(), violations);
        violations.ThrowIfAny();
        return Same(content!, order.Content) ? null : content;
    }

    private static bool Same(OrderContent one, OrderContent other) =>
        JsonSerializer.Serialize(one, OrderStore.Json) == JsonSerializer.Serialize(other, OrderStore.Json);
}
