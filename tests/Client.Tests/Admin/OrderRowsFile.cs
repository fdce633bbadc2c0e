using System.Globalization;

namespace OrderTracking.Client.Tests.Admin;

/// <summary>A file of orders by what a test cares for; the rest is an order nothing restricts: L2 from the United States to Germany.</summary>
internal sealed class OrderRowsFile : IDisposable
{
    public const string Header =
        "reference,exporter,destination_country,movement,place_of_export_country,place_of_export_time_zone,part_number,quantity,unit_price,currency,"
        + "requested_ship_date,purchaser_name,purchaser_country,purchaser_headquarters_country,purchaser_ultimate_parent,"
        + "end_user_name,end_user_country,end_user_headquarters_country,end_user_ultimate_parent,purchase_order";

    private static readonly string Day = TimeProvider.System.GetUtcNow().AddDays(30).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public string Path { get; } = System.IO.Path.GetTempFileName();

    public static string Row(
        string reference,
        string part = "L2",
        string quantity = "10",
        string zone = "America/Los_Angeles",
        string exporter = "NVIDIA",
        string to = "DE",
        string buyer = "Rechenwerk") =>
        $"{reference},{exporter},{to},EXPORT,US,{zone},{part},{quantity},1000.50,USD,{Day},{buyer},{to},{to},none,{buyer},{to},{to},none,PO-{reference}";

    public void Write(params IEnumerable<string> rows) => File.WriteAllText(Path, $"{Header}\n{string.Join('\n', rows)}\n");

    public void Dispose() => File.Delete(Path);
}
