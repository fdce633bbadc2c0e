using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Google.Protobuf.WellKnownTypes;
using Google.Type;
using OrderTracking.Orders.V1;
using OrderTracking.Types.V1;

namespace OrderTracking.Admin.Import;

/// <summary>The rows of one order, and the request that places it. What a value may be is the server's to say; here it must only be readable.</summary>
internal static class OrderRows
{
    public const string NoParent = "none";

    public static IReadOnlyList<(PartyRole Role, string Prefix)> Parties { get; } =
    [
        (PartyRole.Purchaser, "purchaser"), (PartyRole.EndUser, "end_user"), (PartyRole.UltimateConsignee, "ultimate_consignee"),
        (PartyRole.IntermediateConsignee, "intermediate_consignee"),
    ];

    /// <summary>
    /// What is to be placed where no fault was added to <paramref name="faults"/>; otherwise as much of it as can be read, to be checked and
    /// not placed. Null where no row can be read.
    /// </summary>
    public static PlaceOrderRequest? ToRequest(IReadOnlyList<OrderRow> rows, List<RowFault> faults)
    {
        // An order of which a row is unreadable is not the order that was meant: none of it is placed.
        faults.AddRange(rows.Select(row => row.Fault).OfType<RowFault>());
        if (rows.Count(row => row.Fault is null) > FileOrder.RowsMax)
            faults.Add(Fault(rows[0], "reference", $"at most {FileOrder.RowsMax} rows of one order"));
        rows = [.. rows.Where(row => row.Fault is null)];
        if (rows.Count == 0)
            return null;
        var first = rows[0];
        foreach (var row in rows.Skip(1))
            faults.AddRange(OrderFile.OfTheOrder.Where(column => row[column] != first[column])
                .Select(column => Fault(row, column, $"'{first[column]}' as on line {first.Line}: it is of the whole order")));
        var order = new Order
        {
            Exporter = first["exporter"],
            DestinationCountry = first["destination_country"],
            Movement = MovementOf(first, faults),
            PlaceOfExport = new PlaceOfExport { Country = first["place_of_export_country"], TimeZone = first["place_of_export_time_zone"] },
            Lines = { rows.Select(row => Line(row, faults)) },
        };
        order.Parties.AddRange(PartiesOf(first).Select(party => Party(first, party.Role, party.Prefix)));
        if (first["purchase_order"] is { Length: > 0 } number)
            order.Documents.Add(new DocumentReference { Kind = DocumentReference.Types.Kind.CustomerPurchaseOrder, Number = number });
        return new PlaceOrderRequest { Order = order, RequestId = RequestId(first.Reference).ToString("D") };
    }

    /// <summary>The parties a row names, in the order they are sent.</summary>
    public static IEnumerable<(PartyRole Role, string Prefix)> PartiesOf(OrderRow row) =>
        Parties.Where(party => row.Cells.Any(cell => cell.Value.Length > 0 && cell.Key.StartsWith(party.Prefix + "_", StringComparison.Ordinal)));

    /// <summary>
    /// The same for the same reference, whatever file and run it comes from: the server answers a repeat with the first answer and refuses one whose
    /// content is another. A UUID of version 8.
    /// </summary>
    public static Guid RequestId(string reference)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes($"ordertracking import-orders {reference}"))[..16];
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    private static RowFault Fault(OrderRow row, string column, string allowed) => new(row.Line, column, row[column], allowed);

    private static Movement MovementOf(OrderRow row, List<RowFault> faults)
    {
        switch (row["movement"])
        {
            case "EXPORT":
                return Movement.Export;
            case "REEXPORT":
                return Movement.Reexport;
            case "TRANSFER":
                return Movement.Transfer;
            default:
                faults.Add(Fault(row, "movement", "EXPORT, REEXPORT or TRANSFER"));
                return Movement.Unspecified;
        }
    }

    // No parent stated and "it has none" are two things: the first is held where a rule asks.
    private static Party Party(OrderRow row, PartyRole role, string prefix) => new()
    {
        Role = role,
        Name = row[$"{prefix}_name"],
        Country = row[$"{prefix}_country"],
        HeadquartersCountry = row[$"{prefix}_headquarters_country"],
        Address = row[$"{prefix}_address"],
        UltimateParent = row[$"{prefix}_ultimate_parent"] switch
        {
            "" => null,
            NoParent => new UltimateParent { None = new Empty() },
            var country => new UltimateParent { Country = country },
        },
    };

    private static OrderLine Line(OrderRow row, List<RowFault> faults)
    {
        if (!long.TryParse(row["quantity"], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var quantity))
            faults.Add(Fault(row, "quantity", "a whole number such as 12"));
        if (!decimal.TryParse(row["unit_price"], NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var price)
            || Math.Abs(price) > long.MaxValue / 2)
        {
            price = 0;
            faults.Add(Fault(row, "unit_price", "an amount such as 1250.50"));
        }

        if (!DateOnly.TryParseExact(row["requested_ship_date"], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            faults.Add(Fault(row, "requested_ship_date", "a day such as 2025-06-02"));
        return new OrderLine
        {
            Item = new Item { PartNumber = row["part_number"], Family = row["family"] },
            Quantity = quantity,
            UnitPrice = new Money { CurrencyCode = row["currency"], DecimalValue = price },
            RequestedShipDate = new Date { Year = date.Year, Month = date.Month, Day = date.Day },
        };
    }
}
