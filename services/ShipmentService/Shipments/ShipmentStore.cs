using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.Wire;

namespace OrderTracking.ShipmentService.Shipments;

/// <summary>Shipments in their tables.</summary>
internal static class ShipmentStore
{
    private const string Count = "select count(*) from shipments where order_name = @orderName";

    private const string SelectOne = $"""
        {ShipmentRow.SelectColumns},
            case when exists (select 1 from date_changes d where d.shipment_id = s.id) or exists (select 1 from milestones m where m.shipment_id = s.id)
                then 1 else 0 end as {nameof(ShipmentRow.HasHistory)}
        {ShipmentRow.From}
        where s.id = @id
        """;

    private const string Insert = $"""
        insert into shipments ({ShipmentRow.ColumnNames})
        values ({ShipmentRow.ParameterNames})
        """;

    /// <summary>A shipment; null if there is none.</summary>
    public static async Task<Shipment?> Find(Tx tx, Guid id)
    {
        if (await tx.QueryFirstOrDefault<ShipmentRow>(SelectOne, new { id }) is not { } row)
            return null;
        // Most have no history yet when they are read to be changed: that costs a look into two indexes and no query.
        var histories = row.HasHistory == 0 ? ShipmentHistories.None : await ShipmentHistories.Load(tx, "@id", new { id });
        return histories.Join(row);
    }

    /// <summary>A shipment that must be there.</summary>
    /// <exception cref="Refusal">SHIPMENT_NOT_FOUND.</exception>
    public static async Task<Shipment> Require(Tx tx, Guid id)
    {
        if (await Find(tx, id) is { } shipment)
            return shipment;
        var name = WireName.Of("shipments", id);
        throw new Refusal(ShipmentReasons.ShipmentNotFound, $"{name} does not exist.")
        {
            Metadata = new Dictionary<string, string> { ["shipment"] = name },
        };
    }

    /// <summary>Every shipment of an order, in the order of planning.</summary>
    public static Task<IReadOnlyList<Shipment>> OfOrder(Tx tx, Guid orderId) =>
        Load(tx, "s.order_name = @orderName", new { orderName = WireName.Of("orders", orderId) });

    /// <summary>The shipments of these seqs, in their order.</summary>
    public static async Task<IReadOnlyList<Shipment>> InOrder(Tx tx, IReadOnlyList<long> seqs)
    {
        if (seqs.Count == 0)
            return [];
        var parameters = new { seqs };
        var rows = (await tx.Query<ShipmentRow>($"{ShipmentRow.Select} where s.seq in @seqs", parameters)).ToDictionary(row => row.Seq);
        var histories = await ShipmentHistories.Load(tx, "select s.id from shipments s where s.seq in @seqs", parameters);
        return [.. seqs.Select(seq => histories.Join(rows[seq]))];
    }

    /// <summary>How many shipments an order has, cancelled ones counted.</summary>
    public static Task<long> CountOfOrder(Tx tx, Guid orderId) =>
        tx.Scalar<long>(Count, new { orderName = WireName.Of("orders", orderId) });

    /// <summary>Saves the shipment as it is after a step, and what the step added to its histories.</summary>
    public static async Task Save(Tx tx, ShipmentStep step)
    {
        var changed = step.Before is null
            ? await tx.Execute(Insert, ShipmentRow.Of(step.After))
            : await ShipmentUpdate.Run(tx, step.Before, step.After);
        if (changed != 1)
            throw new Refusal(BuildingReasons.StorageBusy, "The shipment changed meanwhile; nothing was changed. Repeat the call.");
        await SaveReasons(tx, step);
        await ShipmentHistories.Save(tx, step);
    }

    private static async Task SaveReasons(Tx tx, ShipmentStep step)
    {
        var (before, after) = (step.Before?.Reasons ?? [], step.After.Reasons);
        if (before.SequenceEqual(after))
            return;
        if (before.Count > 0)
            await tx.Execute("delete from shipment_reasons where shipment_id = @Id", new { step.After.Id });
        foreach (var reason in after.Distinct())
            await tx.Execute("insert into shipment_reasons (reason, shipment_id) values (@reason, @Id)", new { reason, step.After.Id });
    }

    private static async Task<IReadOnlyList<Shipment>> Load(Tx tx, string where, object parameters)
    {
        var rows = await tx.Query<ShipmentRow>($"{ShipmentRow.Select} where {where} order by s.seq", parameters);
        if (rows.Count == 0)
            return [];
        var histories = await ShipmentHistories.Load(tx, $"select s.id from shipments s where {where}", parameters);
        return [.. rows.Select(histories.Join)];
    }
}
