using System.Text.Json;
using OrderTracking.OrderService.Shipments;

namespace OrderTracking.OrderService.Orders;

/// <summary>An order's head with its present content.</summary>
internal sealed class OrderRow
{
    public long Seq { get; init; }

    public Guid Id { get; init; }

    public long Revision { get; init; }

    public long Cancelled { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    public string Content { get; init; } = "";

    public Order ToOrder(IReadOnlyList<ShipmentView> shipments) => new(
        Id, Revision, Cancelled != 0, JsonSerializer.Deserialize<OrderContent>(Content, OrderStore.Json)!, CreatedAt, UpdatedAt, shipments);
}
