using OrderTracking.BuildingBlocks.Data;
using OrderTracking.ComplianceService.Audit.Chain;

namespace OrderTracking.ComplianceService.Licences;

/// <summary>
/// Moves a licence's balance: the line, the shipment's use and one row of the ledger, together. The database refuses a balance below zero
/// whoever asks.
/// </summary>
internal static class LicenceLedger
{
    public const string DrawReturned = "DRAW_RETURNED";
    public const string ReservationReturned = "RESERVATION_RETURNED";

    private const string TakeReserved = """
        update licence_lines
        set reserved_quantity = reserved_quantity + @Quantity, used_value_minor = used_value_minor + @LimitedValue
        where licence_id = @LicenceId and number = @LineNumber
            and (quantity is null or quantity - reserved_quantity - drawn_quantity >= @Quantity)
            and (value_limit_minor is null or value_limit_minor - used_value_minor >= @LimitedValue)
        """;

    public static async Task Reserve(Tx tx, Guid licenceId, Guid shipmentId, HeldUse use, string reason, DateTimeOffset now)
    {
        var taken = await MoveLine(tx, TakeReserved, licenceId, use);
        if (!taken)
            throw new InvalidOperationException($"Line {use.LineNumber} of licences/{licenceId:D} has too little left.");
        await Write(tx, licenceId, shipmentId, use, HeldUse.Reserved, HeldUse.Reserved, reason, now);
    }

    private const string TurnReservedIntoDrawn = """
        update licence_lines
        set reserved_quantity = reserved_quantity - @Quantity, drawn_quantity = drawn_quantity + @Quantity
        where licence_id = @LicenceId and number = @LineNumber
        """;

    public static async Task Draw(Tx tx, Guid licenceId, Guid shipmentId, HeldUse use, string reason, DateTimeOffset now)
    {
        await MoveLine(tx, TurnReservedIntoDrawn, licenceId, use);
        await Write(tx, licenceId, shipmentId, use, HeldUse.Drawn, HeldUse.Drawn, reason, now);
    }

    private const string GiveReserved = """
        update licence_lines
        set reserved_quantity = reserved_quantity - @Quantity, used_value_minor = used_value_minor - @LimitedValue
        where licence_id = @LicenceId and number = @LineNumber
        """;

    private const string GiveDrawn = """
        update licence_lines
        set drawn_quantity = drawn_quantity - @Quantity, used_value_minor = used_value_minor - @LimitedValue
        where licence_id = @LicenceId and number = @LineNumber
        """;

    public static async Task Return(Tx tx, Guid licenceId, Guid shipmentId, HeldUse use, string reason, DateTimeOffset now)
    {
        var drawn = use.State == HeldUse.Drawn;
        await MoveLine(tx, drawn ? GiveDrawn : GiveReserved, licenceId, use);
        await Write(tx, licenceId, shipmentId, use, HeldUse.Returned, drawn ? DrawReturned : ReservationReturned, reason, now);
    }

    public const string MovementColumns = """
        sequence as Sequence, kind as Kind, line_number as LineNumber, quantity as Quantity, currency as Currency,
            value_minor as ValueMinor, shipment_id as ShipmentId, reason as Reason, created_at as CreatedAt
        """;

    private const string SelectMovements =
        $"select {MovementColumns} from licence_movements where licence_id = @licenceId order by sequence desc";

    /// <summary>The last movements of a licence, oldest first.</summary>
    public static async Task<IReadOnlyList<LicenceMovementRow>> Movements(Tx tx, Guid licenceId, int take) =>
        [.. (await tx.Query<LicenceMovementRow>($"{SelectMovements} {tx.Dialect.Page()}", new { licenceId, take })).Reverse()];

    private const string SelectHasLimit = """
        select count(*) from licence_lines where licence_id = @licenceId and number = @lineNumber and value_minor is not null
        """;

    // A line without a limit counts no value: its shipments may be in any currency.
    private static async Task<bool> MoveLine(Tx tx, string sql, Guid licenceId, HeldUse use)
    {
        var limited = await tx.Scalar<long>(SelectHasLimit, new { licenceId, lineNumber = use.LineNumber }) > 0;
        var moved = await tx.Execute(
            sql, new { LicenceId = licenceId, use.LineNumber, use.Quantity, LimitedValue = limited ? use.Value?.MinorUnits ?? 0 : 0 });
        return moved == 1;
    }

    private const string UpdateUse = """
        update licence_uses
        set state = @State, line_number = @LineNumber, quantity = @Quantity, currency = @Currency, value_minor = @ValueMinor
        where licence_id = @LicenceId and shipment_id = @ShipmentId
        """;

    private const string InsertUse = """
        insert into licence_uses (licence_id, shipment_id, state, line_number, quantity, currency, value_minor)
        values (@LicenceId, @ShipmentId, @State, @LineNumber, @Quantity, @Currency, @ValueMinor)
        """;

    private const string CountMovement = """
        update licences set movement_count = movement_count + 1, version = version + 1, updated_at = @now where id = @licenceId
        """;

    private const string SelectMovementCount = "select movement_count from licences where id = @licenceId";

    private const string InsertMovement = """
        insert into licence_movements
            (licence_id, sequence, kind, line_number, quantity, currency, value_minor, shipment_id, reason, created_at)
        values
            (@LicenceId, @Sequence, @Kind, @LineNumber, @Quantity, @Currency, @ValueMinor, @ShipmentId, @Reason, @CreatedAt)
        """;

    private static async Task Write(
        Tx tx, Guid licenceId, Guid shipmentId, HeldUse use, string state, string kind, string reason, DateTimeOffset now)
    {
        await tx.Execute(CountMovement, new { licenceId, now });
        var row = new
        {
            LicenceId = licenceId,
            ShipmentId = shipmentId,
            State = state,
            use.LineNumber,
            use.Quantity,
            Currency = use.Value?.CurrencyCode,
            ValueMinor = use.Value?.MinorUnits,
            Sequence = await tx.Scalar<long>(SelectMovementCount, new { licenceId }),
            Kind = kind,
            Reason = reason,
            CreatedAt = now,
        };
        if (await tx.Execute(UpdateUse, row) == 0)
            await tx.Execute(InsertUse, row);
        await tx.Execute(InsertMovement, row);
        await RecordChain.Movement(tx, licenceId, row.Sequence, now);
    }
}
