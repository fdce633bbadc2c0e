using Google.Protobuf.WellKnownTypes;
using OrderTracking.BuildingBlocks.Messaging;
using OrderTracking.OrderService.Orders;
using OrderTracking.Wire;
using Stage = OrderTracking.Orders.V1.UndeliveredEvent.Types.Stage;
using V1 = OrderTracking.Orders.V1;

namespace OrderTracking.OrderService.Timeline;

/// <summary>An order's history: what arrived, and what is known not to have.</summary>
internal sealed class GetOrderTimeline(OrdersDb db)
{
    public Task<V1.GetOrderTimelineResponse> Handle(V1.GetOrderTimelineRequest request, CancellationToken cancellation)
    {
        var orderId = WireName.Require(request.Name, OrderWire.Collection);
        return db.Read(
            async tx =>
            {
                var entries = await TimelineStore.OfOrder(tx, orderId);
                // Each order has the entry of its placing: without any it is not there, which this says.
                if (entries.Count == 0)
                    await OrderStore.Get(tx, orderId);
                var response = new V1.GetOrderTimelineResponse();
                response.Entries.AddRange(entries.Select(OrderWire.Of));
                response.UndeliveredEvents.AddRange((await UndeliveredEvents.About(tx, db, orderId)).Select(Of));
                return response;
            },
            cancellation);
    }

    private static V1.UndeliveredEvent Of(UndeliveredEvent undelivered) => new()
    {
        Event = undelivered.EventId.ToString("D"),
        Type = undelivered.Type,
        Stage = undelivered.Stage switch
        {
            UndeliveredStage.Unpublished => Stage.Unpublished,
            UndeliveredStage.Redelivering => Stage.Redelivering,
            UndeliveredStage.DeadLetter => Stage.DeadLetter,
            _ => Stage.Discarded,
        },
        Consumer = undelivered.Consumer,
        SendTime = Timestamp.FromDateTimeOffset(undelivered.SentTime),
        Error = undelivered.Error,
        DeadLetter = undelivered.DeadLetter,
        TraceId = undelivered.TraceId ?? "",
    };
}
