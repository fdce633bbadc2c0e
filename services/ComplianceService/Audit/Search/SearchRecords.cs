using System.Globalization;
using Dapper;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.ComplianceService.Audit.Chain;
using OrderTracking.Wire;
using V1 = OrderTracking.Compliance.V1;

namespace OrderTracking.ComplianceService.Audit.Search;

/// <summary>
/// Finds every record of the transactions that have all keys asked for. A transaction is an order with all its shipments, and every record
/// of it is in the chain: its entries are the answer.
/// </summary>
internal sealed class SearchRecords(ComplianceDb db)
{
    private const string OfShipment = "order_name in (select order_name from audit_chain where shipment = @shipment and order_name <> '')";

    public async Task<V1.SearchRecordsResponse> Run(V1.SearchRecordsRequest request, CancellationToken cancellation)
    {
        var (keys, order, shipment) = Parse(request);
        var query = ListQuery.Parse(request.PageSize, request.PageToken, "", "", [], "");
        var sql = query.Sql();
        var where = new List<string> { sql.Where, "order_name <> ''" };
        for (var index = 0; index < keys.Count; index++)
            where.Add(OfKey(sql.Parameters, index, keys[index]));
        if (order is not null)
        {
            where.Add("order_name = @order");
            sql.Parameters.Add("order", order);
        }

        if (shipment is not null)
        {
            where.Add(OfShipment);
            sql.Parameters.Add("shipment", shipment);
        }

        var rows = await db.Read(
            tx => tx.Query<ChainRow>(
                $"select {ChainRow.Columns} from audit_chain where {string.Join(" and ", where)} {sql.OrderBy} {tx.Dialect.Page()}",
                sql.Parameters),
            cancellation);
        var response = new V1.SearchRecordsResponse { NextPageToken = query.NextToken(rows, _ => null, row => row.Seq) };
        response.Records.AddRange(query.Page(rows).Select(AuditMapping.Reference));
        return response;
    }

    private static string OfKey(DynamicParameters parameters, int index, RecordKey key)
    {
        var (kind, value) = (Numbered("kind", index), Numbered("value", index));
        parameters.Add(kind, key.Kind);
        parameters.Add(value, key.Value);
        return $"order_name in (select order_name from record_keys where kind = @{kind} and value = @{value})";
    }

    private static string Numbered(string name, int index) => string.Create(CultureInfo.InvariantCulture, $"{name}{index}");

    private static (IReadOnlyList<RecordKey> Keys, string? Order, string? Shipment) Parse(V1.SearchRecordsRequest request)
    {
        var violations = new Violations();
        var keys = new List<RecordKey>();
        Add(request.Party, RecordKey.Party);
        Add(request.Country, RecordKey.Country);
        Add(request.DocumentNumber, RecordKey.Document);
        Add(request.PartNumber, RecordKey.Part);
        var order = request.Order.Length == 0 ? null : WireName.Parse(request.Order, Names.Orders, "order", violations);
        var shipment = request.Shipment.Length == 0 ? null : WireName.Parse(request.Shipment, Names.Shipments, "shipment", violations);
        if (keys.Count == 0 && request.Order.Length == 0 && request.Shipment.Length == 0)
            violations.Add("party", AuditReasons.SearchKeyMissing, "", "a party, country, document number, part number, order or shipment");
        violations.ThrowIfAny();
        return (keys, order is { } id ? Names.Order(id) : null, shipment is { } other ? Names.Shipment(other) : null);

        void Add(string text, Func<string, RecordKey> of)
        {
            if (!string.IsNullOrWhiteSpace(text))
                keys.Add(of(text));
        }
    }
}
