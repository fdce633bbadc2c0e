using OrderTracking.BuildingBlocks.Data;

namespace OrderTracking.ComplianceService.Impact;

internal static class ImpactStore
{
    public const string Columns = """
        seq as Seq, job_id as JobId, row_number as RowNumber, direction as Direction, outcome_before as OutcomeBefore,
        outcome_after as OutcomeAfter, rules_before as RulesBefore, rules_after as RulesAfter, shipment as Shipment,
        order_name as OrderName, customer as Customer, customer_country as CustomerCountry, part_number as PartNumber, family as Family,
        destination_country as DestinationCountry, ship_date as ShipDate, units as Units, value_minor_units as ValueMinorUnits,
        currency as Currency, standing as Standing
        """;

    private const string InsertSql = """
        insert into impact_rows (job_id, row_number, direction, outcome_before, outcome_after, rules_before, rules_after, shipment, order_name,
            customer, customer_country, part_number, family, destination_country, ship_date, units, value_minor_units, currency, standing)
        values (@JobId, @RowNumber, @Direction, @OutcomeBefore, @OutcomeAfter, @RulesBefore, @RulesAfter, @Shipment, @OrderName,
            @Customer, @CustomerCountry, @PartNumber, @Family, @DestinationCountry, @ShipDate, @Units, @ValueMinorUnits, @Currency, @Standing)
        """;

    private const string SelectAfter = $"""
        select {Columns} from impact_rows
        where job_id = @job and row_number > @after and (@direction = '' or direction = @direction)
        order by row_number
        """;

    public static async Task Insert(Tx tx, IReadOnlyList<ImpactRow> rows)
    {
        foreach (var row in rows)
            await tx.Execute(InsertSql, row);
    }

    /// <summary>Rows of one simulation behind a row, in their order.</summary>
    /// <param name="direction">Blank: both.</param>
    public static Task<IReadOnlyList<ImpactRow>> After(Tx tx, Guid job, long after, string direction, int take) =>
        tx.Query<ImpactRow>($"{SelectAfter} {tx.Dialect.Page()}", new { job, after, direction, take });

    public static Task Delete(Tx tx, Guid job) => tx.Execute("delete from impact_rows where job_id = @job", new { job });
}
