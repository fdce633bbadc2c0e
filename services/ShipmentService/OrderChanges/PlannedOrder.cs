namespace OrderTracking.ShipmentService.OrderChanges;

/// <summary>What of an order has been taken into shipments.</summary>
/// <param name="Revision">The order revision the shipments follow.</param>
/// <param name="Digest">SHA-256 of what was taken, hexadecimal: one revision is one content.</param>
/// <param name="Quantities">Units ordered, by line number; empty for a cancelled order.</param>
internal sealed record PlannedOrder(Guid OrderId, long Revision, bool Cancelled, string Digest, IReadOnlyDictionary<int, long> Quantities);
