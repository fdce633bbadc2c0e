using System.Security.Cryptography;
using System.Text.Json;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.Contracts.Orders;
using OrderTracking.ShipmentService.Shipments;

namespace OrderTracking.ShipmentService.OrderChanges;

/// <summary>Takes a version of an order into its shipments, whoever brings it: an event or the order service's question.</summary>
internal sealed class FollowOrder(SaveShipment save)
{
    /// <summary>Why shipments are cancelled where nobody said why.</summary>
    public const string CancelReason = "The order was cancelled.";

    /// <summary>The digest of a cancellation, which has no content.</summary>
    public const string CancelDigest = "cancelled";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Plans or amends.</summary>
    /// <exception cref="Refusal">The shipments cannot follow; nothing was changed.</exception>
    public async Task Take(Tx tx, PlannedOrder? known, OrderSnapshot order, string? reason, Stamp stamp)
    {
        var shipments = await ShipmentsOf(tx, known, order.OrderId);
        var steps = OrderPlan.Follow(known, shipments, order, reason, stamp);
        await save.Run(tx, steps, shipments.Count);
        var quantities = order.Lines.ToDictionary(line => line.Number, line => line.Quantity);
        await PlannedOrderStore.Save(tx, known, new PlannedOrder(order.OrderId, order.Revision, Cancelled: false, DigestOf(order), quantities));
    }

    /// <summary>Cancels what has not left, and remembers that the order is cancelled even if it was never seen.</summary>
    public async Task Cancel(
        Tx tx, PlannedOrder? known, Guid orderId, long revision, IReadOnlyList<Shipment> shipments, string reason, Stamp stamp)
    {
        await save.Run(tx, OrderPlan.CancelAll(shipments, reason, stamp));
        await PlannedOrderStore.Save(
            tx, known, new PlannedOrder(orderId, revision, Cancelled: true, CancelDigest, new Dictionary<int, long>()));
    }

    public static async Task<IReadOnlyList<Shipment>> ShipmentsOf(Tx tx, PlannedOrder? known, Guid orderId) =>
        known is null ? [] : await ShipmentStore.OfOrder(tx, orderId);

    /// <summary>The digest of what is taken of an order.</summary>
    public static string DigestOf(OrderSnapshot order) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(order, Json)));
}
