using System.Diagnostics;
using Google.Protobuf;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.ShipmentService.Shipments;
using OrderTracking.Wire;

namespace OrderTracking.ShipmentService.Watching;

/// <summary>Every change of every shipment, as callers see the shipment after it, in the order of commits.</summary>
internal static class ChangeLog
{
    private const string Insert = """
        insert into shipment_changes (shipment_id, order_name, sequence, message, recorded_at, trace_id)
        values (@ShipmentId, @OrderName, @Sequence, @Message, @RecordedAt, @TraceId)
        """;

    private const string SelectAll = $"""
        select seq as {nameof(LoggedChange.Seq)}, message as {nameof(LoggedChange.Message)}
        from shipment_changes
        where seq > @after
        order by seq
        """;

    private const string SelectOfOrder = $"""
        select seq as {nameof(LoggedChange.Seq)}, message as {nameof(LoggedChange.Message)}
        from shipment_changes
        where order_name = @orderName and seq > @after
        order by seq
        """;

    public static Task Add(Tx tx, Shipment shipment) => tx.Execute(Insert, new
    {
        ShipmentId = shipment.Id,
        OrderName = WireName.Of("orders", shipment.OrderId),
        shipment.Sequence,
        Message = ShipmentMapping.Of(shipment).ToByteArray(),
        RecordedAt = shipment.UpdateTime,
        TraceId = Activity.Current?.TraceId.ToString(),
    });

    /// <summary>The place of the last change; 0 while there is none.</summary>
    public static Task<long> Last(Tx tx) => tx.Scalar<long>("select coalesce(max(seq), 0) from shipment_changes");

    /// <summary>The next changes after one, at most as many as a batch has.</summary>
    /// <param name="orderName">Changes of this order only; blank: of all.</param>
    public static Task<IReadOnlyList<LoggedChange>> After(Tx tx, string orderName, long after)
    {
        var sql = orderName.Length == 0 ? SelectAll : SelectOfOrder;
        return tx.Query<LoggedChange>($"{sql} {tx.Dialect.Page()}", new { orderName, after, take = ShipmentLimits.WatchBatchRowsMax });
    }
}

/// <summary>A change as logged.</summary>
internal sealed class LoggedChange
{
    public long Seq { get; init; }

    public byte[] Message { get; init; } = [];
}
