using System.Globalization;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Grpc;

namespace OrderTracking.OrderService.Orders;

/// <summary>What an order has several of and lists are filtered by: one row a value, as of the order's present revision.</summary>
internal static class OrderTerms
{
    public static readonly ListField[] Fields =
    [
        Field("party", "PARTY", ListFieldKind.Text),
        Field("party_country", "PARTY_COUNTRY", ListFieldKind.Text),
        Field("part_number", "PART_NUMBER", ListFieldKind.Text),
        Field("document_number", "DOCUMENT", ListFieldKind.Text),
        Field("requested_ship_date", "REQUESTED_SHIP_DATE", ListFieldKind.Date),
    ];

    private const string Insert = "insert into order_terms (kind, value, order_id) values (@Kind, @Value, @OrderId)";

    public static async Task Save(Tx tx, Guid orderId, OrderContent content)
    {
        await tx.Execute("delete from order_terms where order_id = @orderId", new { orderId });
        foreach (var (kind, value) in Of(content).Distinct())
            await tx.Execute(Insert, new { Kind = kind, Value = value, OrderId = orderId });
    }

    private static IEnumerable<(string Kind, string Value)> Of(OrderContent content) =>
    [
        .. content.Parties.SelectMany(party => ((string, string)[])[("PARTY", party.Name), ("PARTY_COUNTRY", party.Country)]),
        .. content.Lines.Select(line => ("PART_NUMBER", line.Item.PartNumber)),
        .. content.Lines.Select(line => ("REQUESTED_SHIP_DATE", line.RequestedShipDate.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))),
        .. content.Documents.Select(document => ("DOCUMENT", document.Number)),
    ];

    private static ListField Field(string name, string kind, ListFieldKind valueKind) => new(name, "t.value", valueKind, Sortable: false)
    {
        Among = $"o.id in (select t.order_id from order_terms t where t.kind = '{kind}' and {{0}})",
        StoredAsText = true,
    };
}
