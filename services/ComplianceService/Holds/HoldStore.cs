using OrderTracking.BuildingBlocks.Data;
using OrderTracking.ComplianceService.Audit.Chain;
using OrderTracking.ComplianceService.Releases;

namespace OrderTracking.ComplianceService.Holds;

/// <summary>Holds as rows.</summary>
internal static class HoldStore
{
    public const string Columns = """
        seq as Seq, hold_id as HoldId, shipment as Shipment, order_name as OrderName, origin as Origin, reason as Reason,
        hold_class as HoldClass, state as State, lapsed as Lapsed, effect as Effect, review_policy as ReviewPolicy, missing_facts as MissingFacts, explanation as Explanation, citation as Citation,
        amendment as Amendment, decision_id as DecisionId, owner as Owner, opened_by as OpenedBy, close_reason as CloseReason,
        part_number as PartNumber, planned_ship_date as PlannedShipDate, buyer as Buyer, destination_country as DestinationCountry,
        currency as Currency, value_minor as ValueMinor, version as Version, created_at as CreatedAt, updated_at as UpdatedAt
        """;

    private const string InsertSql = """
        insert into holds (hold_id, shipment, order_name, origin, reason, hold_class, state, lapsed, effect, review_policy, missing_facts,
            explanation, citation, amendment, decision_id, owner, opened_by, close_reason, part_number, planned_ship_date, buyer,
            destination_country, currency, value_minor, version, created_at, updated_at)
        values (@HoldId, @Shipment, @OrderName, @Origin, @Reason, @HoldClass, @State, @Lapsed, @Effect, @ReviewPolicy, @MissingFacts,
            @Explanation, @Citation, @Amendment, @DecisionId, @Owner, @OpenedBy, @CloseReason, @PartNumber, @PlannedShipDate, @Buyer,
            @DestinationCountry, @Currency, @ValueMinor, @Version, @CreatedAt, @UpdatedAt)
        """;

    private const string UpdateSql = """
        update holds set state = @State, lapsed = @Lapsed, effect = @Effect, review_policy = @ReviewPolicy, missing_facts = @MissingFacts,
            explanation = @Explanation, citation = @Citation, amendment = @Amendment, owner = @Owner, close_reason = @CloseReason,
            version = @Version, updated_at = @UpdatedAt
        where hold_id = @HoldId and version = @Version - 1
        """;

    private const string FollowSql = """
        update holds set part_number = @PartNumber, planned_ship_date = @PlannedShipDate, buyer = @Buyer,
            destination_country = @DestinationCountry, currency = @Currency, value_minor = @ValueMinor,
            version = version + 1, updated_at = @UpdatedAt
        where shipment = @Shipment and state <> 'VOIDED'
            and (part_number <> @PartNumber or planned_ship_date <> @PlannedShipDate or buyer <> @Buyer
                or destination_country <> @DestinationCountry or currency <> @Currency or value_minor <> @ValueMinor)
        """;

    /// <summary>The holds of a shipment that are not voided, oldest first, with all their releases.</summary>
    public static async Task<IReadOnlyList<Hold>> OfShipment(Tx tx, Guid shipmentId)
    {
        var shipment = Names.Shipment(shipmentId);
        var rows = await tx.Query<HoldRow>(
            $"select {Columns} from holds where shipment = @shipment and state <> 'VOIDED' order by seq", new { shipment });
        return await WithReleases(tx, rows);
    }

    public static async Task<Hold?> Find(Tx tx, Guid id)
    {
        var rows = await tx.Query<HoldRow>($"select {Columns} from holds where hold_id = @id", new { id });
        return rows.Count == 0 ? null : (await WithReleases(tx, rows))[0];
    }

    public static async Task<IReadOnlyList<Hold>> WithReleases(Tx tx, IReadOnlyList<HoldRow> rows)
    {
        var releases = await ReleaseStore.OfHolds(tx, [.. rows.Select(row => row.HoldId)]);
        return [.. rows.Select(row => row.ToHold([.. releases[row.HoldId]]))];
    }

    public static async Task Insert(Tx tx, Hold hold)
    {
        var row = HoldRow.Of(hold);
        await tx.Execute(InsertSql, row);
        await RecordChain.Inserted(tx, ChainedTable.Holds, row.AsRecorded(), hold.UpdatedAt);
    }

    public static async Task Update(Tx tx, Hold hold)
    {
        if (await tx.Execute(UpdateSql, HoldRow.Of(hold)) != 1)
            throw new InvalidOperationException($"Hold {hold.Id} changed under its transaction.");
        await RecordChain.Hold(tx, hold.Id, hold.UpdatedAt);
    }

    /// <summary>Follows the shipment: lists show and sort by what is in it.</summary>
    public static Task Follow(Tx tx, Guid shipmentId, HoldGoods goods, DateTimeOffset now) => tx.Execute(
        FollowSql,
        new
        {
            Shipment = Names.Shipment(shipmentId),
            goods.PartNumber,
            goods.PlannedShipDate,
            goods.Buyer,
            goods.DestinationCountry,
            Currency = goods.Value?.CurrencyCode ?? "",
            ValueMinor = goods.Value?.MinorUnits ?? 0,
            UpdatedAt = now,
        });
}
