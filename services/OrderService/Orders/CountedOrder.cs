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

    public IReadOnlyList<OrderLineSnapshot> Lines => JsonSerializer.Deserialize<LinesOfContent>(Content, OrderStore.Json)!.Lines;
}

/// <summary>Of a content its lines; the largest part of it is passed over.</summary>
internal sealed record LinesOfContent(IReadOnlyList<OrderLineSnapshot> Lines);
