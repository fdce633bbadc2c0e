using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Messaging;
using OrderTracking.BuildingBlocks.Telemetry;
using OrderTracking.Contracts.Orders;
using OrderTracking.Wire;

namespace OrderTracking.ComplianceService.Audit.Search;

/// <summary>Takes what orders state, documents above all: no shipment carries their numbers.</summary>
internal sealed class IndexOrders : IEventHandler<OrderPlaced>, IEventHandler<OrderAmended>
{
    public Task Handle(Tx tx, OrderPlaced @event, EventContext context) => Index(tx, @event.Order);

    public Task Handle(Tx tx, OrderAmended @event, EventContext context) => Index(tx, @event.Order);

    private static Task Index(Tx tx, OrderSnapshot order)
    {
        Spans.Tag(SpanKeys.Order, order.OrderId);
        return RecordKeys.Add(tx, Names.Order(order.OrderId), [.. KeysOf(order)]);
    }

    private static IEnumerable<RecordKey> KeysOf(OrderSnapshot order) =>
    [
        RecordKey.Country(order.DestinationCountry),
        .. order.Lines.Select(line => RecordKey.Part(line.Item.PartNumber)),
        .. (order.Documents ?? []).Select(document => RecordKey.Document(document.Number)),
        .. order.Parties.SelectMany(
            party => RecordKeys.Of(party.Name, party.Country, party.HeadquartersCountry, party.UltimateParentCountry)),
    ];
}
