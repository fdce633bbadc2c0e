using OrderTracking.BuildingBlocks.Data;

namespace OrderTracking.ComplianceService.Audit.Chain;

/// <summary>
/// Records in the chain what was just written to a row. The row is read back, so the chain vouches for what is stored; one that was inserted
/// whole is what was inserted.
/// </summary>
internal static class RecordChain
{
    public static Task Hold(Tx tx, Guid id, DateTimeOffset now) => Append(tx, ChainedTable.Holds, new { id }, now);

    /// <summary>Records a row that was just inserted, from its columns as they are stored.</summary>
    public static async Task Inserted(Tx tx, ChainedTable table, IReadOnlyDictionary<string, object?> row, DateTimeOffset now) =>
        await AuditChain.Append(tx, await Of(tx, table, row), now);

    public static Task Release(Tx tx, Guid id, DateTimeOffset now) => Append(tx, ChainedTable.Releases, new { id }, now);

    public static Task Permit(Tx tx, Guid id, DateTimeOffset now) => Append(tx, ChainedTable.Permits, new { id }, now);

    public static Task Movement(Tx tx, Guid licence, long sequence, DateTimeOffset now) =>
        Append(tx, ChainedTable.LicenceMovements, new { id = licence, sequence }, now);

    public static Task Amendment(Tx tx, string rule, long number, DateTimeOffset now) =>
        Append(tx, ChainedTable.Amendments, new { rule, number }, now);

    /// <summary>A row of a chained table as its columns; null where it is gone.</summary>
    public static async Task<IReadOnlyDictionary<string, object?>?> Find(Tx tx, ChainedTable table, object key) =>
        await tx.QueryFirstOrDefault<object>(table.SelectOne, key) is IDictionary<string, object?> row ? row.AsReadOnly() : null;

    private static async Task Append(Tx tx, ChainedTable table, object key, DateTimeOffset now)
    {
        var row = await Find(tx, table, key) ?? throw new InvalidDataException($"What is to be recorded is not in {table.Table}.");
        await AuditChain.Append(tx, await Of(tx, table, row), now);
    }

    /// <summary>The entry of a row as it is now.</summary>
    public static async Task<ChainRecord> Of(Tx tx, ChainedTable table, IReadOnlyDictionary<string, object?> row)
    {
        var state = (string)row[table.StateColumn]!;
        var name = table.NameOf(row);
        var (shipment, order) = await Owner(tx, row);
        var action = $"{Codes<ChainKind>.Of(table.Kind)}.{state}".ToLowerInvariant();
        return new ChainRecord(table.Kind, name, ActingIdentity.Current, action, state)
        {
            Shipment = shipment,
            Order = order,
            Payload = table.TextOf(row),
        };
    }

    private static async Task<(string Shipment, string Order)> Owner(Tx tx, IReadOnlyDictionary<string, object?> row)
    {
        if (row.TryGetValue("shipment", out var shipment))
            return ((string)shipment!, (string)row["order_name"]!);
        if (!row.TryGetValue("shipment_id", out var id))
            return ("", "");
        var shipmentId = Guid.Parse((string)id!);
        return (Names.Shipment(shipmentId), await Transactions.OrderOf(tx, shipmentId));
    }
}
