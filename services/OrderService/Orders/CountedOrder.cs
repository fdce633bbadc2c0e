using System.Text.Json;
using OrderTracking.Contracts.Orders;

namespace OrderTracking.OrderService.Orders;

/// <summary>Of an order what its state follows from, together with its shipments, and how long its history is.</summary>
internal sealed class CountedOrder
{
    /// <summary>The stored name of its state.</summary>
    public string State { get; init; } = "";

    public long TimelineCount { get; init; }

    public long Cancelled { get; init; }

    public string Content { get; init; } = "";

    public IReadOnlyList<OrderLineSnapshot> Lines => JsonSerializer.Deserialize<Ordered>(Content, OrderStore.Json)!.Lines;

    // Of the content, the largest part of it is passed over.
    private sealed record Ordered(IReadOnlyList<OrderLineSnapshot> Lines);
}
