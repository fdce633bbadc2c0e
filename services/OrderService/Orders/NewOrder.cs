using System.Diagnostics;
using System.Text.Json;
using Google.Protobuf;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.BuildingBlocks.Messaging;
using OrderTracking.Contracts.Orders;
using OrderTracking.OrderService.Timeline;
using V1 = OrderTracking.Orders.V1;

namespace OrderTracking.OrderService.Orders;

/// <summary>An order as it will be stored, told and answered once it is accepted.</summary>
internal sealed class NewOrder
{
    private NewOrder(Order order, Actor actor, OrderPlaced placed)
    {
        Order = order;
        Actor = actor.Subject;
        State = OrderState.NameOf(order.Units.State);
        Content = JsonSerializer.Serialize(order.Content, OrderStore.Json);
        Terms = OrderTerms.Of(order.Content);
        Happened = DescribeOrder.Of(placed);
        TraceId = Activity.Current?.TraceId.ToString();
        Event = Outbox.Write(placed.EventId, placed, order.CreatedAt);
        Answer = OrderWire.Of(order);
        AnswerBytes = Answer.ToByteArray();
    }

    public Order Order { get; }

    public string Actor { get; }

    /// <summary>The stored name of its state.</summary>
    public string State { get; }

    /// <summary>The content as it is stored.</summary>
    public string Content { get; }

    public IReadOnlyList<OrderTerm> Terms { get; }

    /// <summary>What its history begins with.</summary>
    public TimelineEvent Happened { get; }

    /// <summary>The trace it is placed in; null if there is none.</summary>
    public string? TraceId { get; }

    public OutgoingEvent Event { get; }

    public V1.Order Answer { get; }

    public byte[] AnswerBytes { get; }

    public static NewOrder Of(OrderContent content, Actor actor, DateTimeOffset now)
    {
        var order = new Order(Guid.CreateVersion7(now), 1, Cancelled: false, content, now, now, []);
        return new NewOrder(order, actor, new OrderPlaced(Guid.CreateVersion7(now), now, actor.Subject, content.Snapshot(order.Id, order.Revision)));
    }
}
