using System.Globalization;
using System.Text;

namespace OrderTracking.Benchmarks.Growing;

/// <summary>The rows as a Markdown table.</summary>
internal static class GrowthTable
{
    private const double MebiByte = 1 << 20;

    public static string Of(IEnumerable<GrowthRow> rows)
    {
        var table = new StringBuilder();
        table.AppendLine("| stored orders | PlaceOrder/s | of an empty file's | GetOrder/s | ListOrders/s | CheckShipment/s | resident, MiB | after placing | Host serves after, s |");
        table.Append("|---|---|---|---|---|---|---|---|---|");
        foreach (var row in rows)
            table.AppendLine().Append(
                CultureInfo.InvariantCulture,
                $"| {row.Stored:N0} | {row.PlaceOrder:N0} | {row.PlaceOrderRatio:0.00} | {row.GetOrder:N0} | {row.ListOrders:N0} | {row.CheckShipment:N0} | {row.ResidentBytes / MebiByte:N0} | {row.ResidentBytesAtEnd / MebiByte:N0} ({row.StoredAtEnd:N0} stored) | {row.HostServedAfterSeconds:0.0} |");
        return table.ToString();
    }
}
