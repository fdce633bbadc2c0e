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

    private const int FewTerms = 32;
    private const string Insert = "insert into order_terms (kind, value, order_id) values (@Kind, @Value, @OrderId)";

    /// <summary>The terms of a content, each once.</summary>
    public static IReadOnlyList<OrderTerm> Of(OrderContent content)
    {
        var terms = new List<OrderTerm>(2 * (content.Parties.Count + content.Lines.Count) + content.Documents.Count);
        foreach (var party in content.Parties)
        {
            terms.Add(new OrderTerm("PARTY", party.Name));
            terms.Add(new OrderTerm("PARTY_COUNTRY", party.Country));
        }

        foreach (var line in content.Lines)
        {
            terms.Add(new OrderTerm("PART_NUMBER", line.Item.PartNumber));
            terms.Add(new OrderTerm("REQUESTED_SHIP_DATE", line.RequestedShipDate.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
        }

        foreach (var document in content.Documents)
            terms.Add(new OrderTerm("DOCUMENT", document.Number));
        return terms.Count > FewTerms ? [.. terms.Distinct()] : EachOnce(terms);
    }

    /// <summary>Stores the terms of a new order.</summary>
    public static async Task Add(Tx tx, Guid orderId, IReadOnlyList<OrderTerm> terms)
    {
        foreach (var term in terms)
            await tx.Execute(Insert, new { term.Kind, term.Value, OrderId = orderId });
    }

    /// <summary>Stores the terms of a new revision.</summary>
    public static async Task Replace(Tx tx, Guid orderId, IReadOnlyList<OrderTerm> terms)
    {
        await tx.Execute("delete from order_terms where order_id = @orderId", new { orderId });
        await Add(tx, orderId, terms);
    }

    // Comparing few with each other costs less than a set of them.
    private static List<OrderTerm> EachOnce(List<OrderTerm> terms)
    {
        for (var at = terms.Count - 1; at > 0; at--)
        {
            if (terms.IndexOf(terms[at]) < at)
                terms.RemoveAt(at);
        }

        return terms;
    }

    private static ListField Field(string name, string kind, ListFieldKind valueKind) => new(name, "t.value", valueKind, Sortable: false)
    {
        Among = $"o.id in (select t.order_id from order_terms t where t.kind = '{kind}' and {{0}})",
        StoredAsText = true,
    };
}

/// <summary>A value orders are found by.</summary>
internal readonly record struct OrderTerm(string Kind, string Value);
