using OrderTracking.BuildingBlocks.Data;

namespace OrderTracking.ComplianceService.Audit;

/// <summary>Finds the shipment and the order that something belongs to by its resource name; blank where there are none.</summary>
internal static class Transactions
{
    private const string OfHoldSql = "select shipment as Shipment, order_name as OrderName from holds where hold_id = @id";

    private const string OfPermitSql = "select shipment as Shipment, order_name as OrderName from permits where permit_id = @id";

    private const string OrderOfShipmentSql = "select order_id from shipments where shipment_id = @id";

    public static async Task<(string Shipment, string Order)> Of(Tx tx, string subject)
    {
        var segments = subject.Split('/');
        if (segments.Length < 2 || !Guid.TryParseExact(segments[1], "D", out var id))
            return ("", "");
        return segments[0] switch
        {
            Names.Holds => await Owner(tx, OfHoldSql, id),
            Names.Permits => await Owner(tx, OfPermitSql, id),
            Names.Shipments => (subject, await OrderOf(tx, id)),
            Names.Orders => ("", subject),
            _ => ("", ""),
        };
    }

    /// <summary>The order of a shipment; blank while compliance does not know the shipment.</summary>
    public static async Task<string> OrderOf(Tx tx, Guid shipment) =>
        await tx.QueryFirstOrDefault<string>(OrderOfShipmentSql, new { id = shipment }) is { } order ? Names.Order(Guid.Parse(order)) : "";

    private static async Task<(string Shipment, string Order)> Owner(Tx tx, string sql, Guid id) =>
        await tx.QueryFirstOrDefault<Row>(sql, new { id }) is { } row ? (row.Shipment, row.OrderName) : ("", "");

    private sealed class Row
    {
        public string Shipment { get; init; } = "";

        public string OrderName { get; init; } = "";
    }
}
