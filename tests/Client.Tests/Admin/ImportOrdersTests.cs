using System.Globalization;
using System.Text.Json;
using OrderTracking.Orders.V1;
using Xunit;

namespace OrderTracking.Client.Tests.Admin;

/// <summary>Orders from a file against a Host that runs.</summary>
public sealed class ImportOrdersTests(RunningAdmin system) : IClassFixture<RunningAdmin>, IDisposable
{
    private const string Header =
        "reference,exporter,destination_country,movement,place_of_export_country,place_of_export_time_zone,part_number,quantity,unit_price,currency,"
        + "requested_ship_date,purchaser_name,purchaser_country,purchaser_headquarters_country,purchaser_ultimate_parent,"
        + "end_user_name,end_user_country,end_user_headquarters_country,end_user_ultimate_parent,purchase_order";

    private static readonly string Day =
        TimeProvider.System.GetUtcNow().AddDays(30).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public async Task A_file_given_twice_places_each_order_once_and_answers_with_the_same_names()
    {
        var before = await Orders();
        Write(Row("TW-1"), Row("TW-2"), Row("TW-2", part: "H20"), Row("TW-3"));
        var first = await system.Run("caller", "import-orders", _file, "--json");
        var second = await system.Run("caller", "import-orders", _file, "--json");
        Assert.Equal((0, 0), (first.ExitCode, second.ExitCode));
        Assert.Equal(first.Output, second.Output);
        var placed = (await Orders()).ExceptBy(before.Select(order => order.Name), order => order.Name).ToList();
        Assert.Equal(Accepted(first.Output), placed.Select(order => order.Name).ToHashSet());
        Assert.Equal([1, 1, 2], placed.Select(order => order.Lines.Count).Order());
    }

    [Fact]
    public async Task Bad_rows_are_told_by_line_field_value_and_what_is_allowed_and_the_others_are_placed()
    {
        Write(
            Row("BAD-1"), Row("BAD-2", quantity: "many"), "", Row("BAD-3", zone: "Mars/Base"), Row("BAD-4"), Row("BAD-4", quantity: "-3"),
            Row("BAD-5") + ",surplus", Row("BAD-6"), Row("BAD-6", exporter: "Other"));
        var (code, output, _) = await system.Run("caller", "import-orders", _file, "--json");
        Assert.Equal(1, code);
        using var report = JsonDocument.Parse(output);
        var refused = report.RootElement.GetProperty("refused").EnumerateArray()
            .Select(one => (one.GetProperty("line").GetInt32(), Text(one, "reference"), Text(one, "field"), Text(one, "value"))).ToList();
        Assert.Equal(
            [
                (3, "BAD-2", "quantity", "many"), (5, "BAD-3", "place_of_export_time_zone", "Mars/Base"), (7, "BAD-4", "quantity", "-3"),
                (8, "BAD-5", "row", "21 cells"), (10, "BAD-6", "exporter", "Other"),
            ],
            refused);
        Assert.All(report.RootElement.GetProperty("refused").EnumerateArray(), one => Assert.NotEmpty(Text(one, "allowed")));
        Assert.Equal(["BAD-1"], report.RootElement.GetProperty("accepted").EnumerateArray().Select(one => Text(one, "reference")));
        Assert.Equal(6, report.RootElement.GetProperty("orders").GetInt32());
    }

    [Fact]
    public async Task What_was_put_right_is_placed_by_the_next_run_and_the_rest_is_left_as_it_is()
    {
        Write(Row("FIX-1"), Row("FIX-2", zone: "Mars/Base"));
        var first = await system.Run("caller", "import-orders", _file, "--json");
        var before = await Orders();
        Write(Row("FIX-1"), Row("FIX-2"));
        var second = await system.Run("caller", "import-orders", _file, "--json");
        Assert.Equal((1, 0), (first.ExitCode, second.ExitCode));
        Assert.Equal(before.Count + 1, (await Orders()).Count);
        Assert.Superset(Accepted(first.Output), Accepted(second.Output));
    }

    [Fact]
    public async Task Another_order_under_a_reference_already_placed_is_refused_and_not_placed()
    {
        Write(Row("CHG-1"));
        await system.Run("caller", "import-orders", _file);
        var before = await Orders();
        Write(Row("CHG-1", quantity: "11"));
        var (code, output, notes) = await system.Run("caller", "import-orders", _file);
        Assert.Equal(1, code);
        Assert.Contains("REQUEST_ID_REUSED", output, StringComparison.Ordinal);
        Assert.Contains("1 orders: 0 accepted, now or by an earlier run; 1 refused; 0 not answered.", notes, StringComparison.Ordinal);
        Assert.Equal(before.Count, (await Orders()).Count);
    }

    [Fact]
    public async Task A_server_that_is_not_there_leaves_no_order_out_of_the_report()
    {
        Write(Row("GONE-1"), Row("GONE-2"));
        var token = await system.Token("analyst");
        // An analyst may not place orders: no fault of the file, and the next order would fail alike.
        var (code, output, notes) = await RunningAdmin.Run(
            name => name == "ORDERTRACKING_TOKEN" ? token : null, "import-orders", _file, "--json", "--address", system.Address);
        using var report = JsonDocument.Parse(output);
        Assert.Equal(3, code);
        Assert.Equal(["GONE-1", "GONE-2"], report.RootElement.GetProperty("unanswered").EnumerateArray().Select(one => Text(one, "reference")));
        Assert.Empty(notes);
    }

    [Fact]
    public async Task A_header_with_a_column_nobody_knows_is_refused_before_anything_is_placed()
    {
        File.WriteAllText(_file, $"{Header.Replace("end_user_headquarters_country", "end_user_hq", StringComparison.Ordinal)}\n{Row("HDR-1")}\n");
        var (code, output, notes) = await system.Run("caller", "import-orders", _file);
        Assert.Equal((2, ""), (code, output));
        Assert.Contains("unknown: end_user_hq", notes, StringComparison.Ordinal);
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static HashSet<string> Accepted(string output)
    {
        using var report = JsonDocument.Parse(output);
        return [.. report.RootElement.GetProperty("accepted").EnumerateArray().Select(one => Text(one, "order"))];
    }

    private static string Row(
        string reference, string part = "L2", string quantity = "10", string zone = "America/Los_Angeles", string exporter = "NVIDIA") =>
        $"{reference},{exporter},DE,EXPORT,US,{zone},{part},{quantity},1000.50,USD,{Day},Rechenwerk,DE,DE,none,Rechenwerk,DE,DE,none,PO-{reference}";

    private void Write(params string[] rows) => File.WriteAllText(_file, $"{Header}\n{string.Join('\n', rows)}\n");

    private async Task<List<Order>> Orders()
    {
        var token = await system.Token("caller");
        using var clients = new OrderTrackingClients(
            new OrderTrackingClientOptions { Address = new Uri(system.Address), TokenProvider = _ => ValueTask.FromResult(token) });
        return await Paging.All(new ListOrdersRequest { PageSize = 1000 }, clients.Orders.ListOrdersAsync, page => page.Orders).ToListAsync();
    }
}
