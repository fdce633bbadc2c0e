using System.Diagnostics;
using Google.Protobuf;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.Contracts.Orders;
using OrderTracking.OrderService.Orders;
using OrderTracking.Shipments.V1;
using V1 = OrderTracking.Orders.V1;

namespace OrderTracking.OrderService.Changes;

/// <summary>What a change does to an order.</summary>
internal enum ChangeKind
{
    Amend,
    Cancel,
}

/// <summary>A change of an order that was accepted here and that the shipment service has not answered yet.</summary>
/// <param name="Revision">The order's revision once it is taken.</param>
/// <param name="Content">The whole order as it will be.</param>
/// <param name="Actor">Who asked.</param>
/// <param name="Method">The method that was called, for its request_id.</param>
/// <param name="Request">The call, for its request_id.</param>
/// <param name="Traceparent">The W3C trace context of the call; null if there was none.</param>
internal sealed record OrderChange(
    Guid OrderId,
    long Revision,
    ChangeKind Kind,
    OrderContent Content,
    string? Reason,
    Actor Actor,
    string Method,
    string RequestId,
    IMessage Request,
    string? Traceparent)
{
    /// <summary>The first accepted state of a change.</summary>
    public static OrderChange Of(ChangeCall call, Order order, OrderContent content) => new(
        order.Id,
        order.Revision + 1,
        call.Kind,
        content,
        call.Reason,
        call.Actor,
        call.Method,
        call.RequestId,
        call.Request,
        Activity.Current?.Id);

    /// <summary>The order after the change.</summary>
    public Order ApplyTo(Order order, DateTimeOffset now) => order with
    {
        Revision = Revision,
        Content = Content,
        Cancelled = Kind == ChangeKind.Cancel,
        UpdatedAt = now,
    };

    /// <summary>What the shipment service is asked.</summary>
    public TakeOrderChangeRequest Question(bool validateOnly)
    {
        var order = new V1.Order { Name = OrderWire.NameOf(OrderId), Uid = OrderId.ToString("D"), Revision = Revision };
        OrderWire.Write(Content, order);
        return new TakeOrderChangeRequest
        {
            Order = order,
            Cancel = Kind == ChangeKind.Cancel,
            ValidateOnly = validateOnly,
            RequestedBy = Actor.Subject,
            Reason = Reason ?? "",
        };
    }

    /// <summary>The event of an amendment that was taken.</summary>
    public OrderAmended Amended(Guid eventId, DateTimeOffset now) =>
        new(eventId, now, Actor.Subject, Reason, Content.Snapshot(OrderId, Revision));

    /// <summary>The event of a cancellation that was taken.</summary>
    public OrderCancelled Cancelled(Guid eventId, DateTimeOffset now) => new(eventId, now, Actor.Subject, Reason ?? "", OrderId, Revision);
}

/// <summary>A call that asks for a change.</summary>
internal sealed record ChangeCall(
    Guid OrderId, ChangeKind Kind, string Method, string RequestId, Actor Actor, IMessage Request, string Etag, string? Reason, bool ValidateOnly);
