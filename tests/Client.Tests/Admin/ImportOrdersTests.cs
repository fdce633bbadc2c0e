using System.Text.Json;
using Xunit;
using static OrderTracking.Client.Tests.Admin.OrderRowsFile;

namespace OrderTracking.Client.Tests.Admin;

/// <summary>What becomes of the rows of a file of orders, against a Host that runs.</summary>
public sealed class ImportOrdersTests(RunningAdmin system) : IClassFixture<RunningAdmin>, IDisposable
{
    private readonly OrderRowsFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task Bad_rows_are_told_by_line_field_value_and_what_is_allowed_and_the_others_are_placed()
    {
        _file.Write(
            Row("BAD-1"), Row("BAD-2", quantity: "many", zone: "Mars/Base"), "", Row("BAD-3", zone: "Mars/Base"), Row("BAD-4"), Row("BAD-4", quantity: "-3"),
            Row("BAD-5") + ",surplus", Row("BAD-6"), Row("BAD-6", exporter: "Other"), "BAD-7,\"a quote that is never closed", Row("BAD-8"));
        var (code, report) = await Import();
        Assert.Equal(1, code);
        Assert.Equal(
            [
                (3, "BAD-2", "quantity", "many"), (3, "BAD-2", "place_of_export_time_zone", "Mars/Base"), (5, "BAD-3", "place_of_export_time_zone", "Mars/Base"), (7, "BAD-4", "quantity", "-3"),
                (8, "BAD-5", "row", "21 cells"), (10, "BAD-6", "exporter", "Other"), (11, "BAD-7", "row", "BAD-7,\"a quote that is never closed"),
            ],
            Faults(report).Select(one => (one.Line, one.Reference, one.Field, one.Value)));
        Assert.All(Faults(report), one => Assert.NotEmpty(one.Allowed));
        Assert.Contains(Faults(report), one => one.Allowed == "an IANA time zone, such as America/Los_Angeles");
        Assert.Equal(["BAD-1", "BAD-8"], References(report, "ACCEPTED"));
        Assert.Equal(8, report.GetProperty("orders").GetInt32());
    }

    [Fact]
    public async Task A_check_tells_what_an_import_would_and_places_nothing()
    {
        _file.Write(Row("CHECK-1"), Row("CHECK-2", zone: "Mars/Base"), Row("CHECK-3"));
        var before = await system.Orders();
        var (code, output, _) = await system.Run("caller", "import-orders", _file.Path, "--check", "--json");
        using var check = JsonDocument.Parse(output);
        Assert.Equal(1, code);
        Assert.Equal(["CHECK-1", "CHECK-3"], References(check.RootElement, "ACCEPTABLE"));
        Assert.Equal(["CHECK-2"], References(check.RootElement, "REFUSED"));
        Assert.Equal(before.Count, (await system.Orders()).Count);
        // What was checked is not taken for what was placed.
        Assert.Equal(["CHECK-1", "CHECK-3"], References((await Import()).Report, "ACCEPTED"));
        Assert.Equal(before.Count + 2, (await system.Orders()).Count);
    }

    [Fact]
    public async Task A_row_without_a_reference_keeps_its_neighbours_back_for_it_may_be_theirs()
    {
        _file.Write(Row("NEXT-1"), Row("NEXT-2"), Row(""), Row("NEXT-3"), Row("NEXT-4"));
        var (code, report) = await Import();
        Assert.Equal(1, code);
        Assert.Equal(["NEXT-1", "NEXT-4"], References(report, "ACCEPTED"));
        Assert.Equal(["NEXT-2", "", "NEXT-3"], References(report, "REFUSED"));
    }

    [Fact]
    public async Task Rows_of_an_order_that_stand_apart_are_refused_each_and_nothing_of_it_is_placed()
    {
        _file.Write(Row("APART-1"), Row("APART-2"), Row("APART-1", part: "H20"));
        var (code, report) = await Import();
        Assert.Equal(1, code);
        Assert.Equal(["APART-2"], References(report, "ACCEPTED"));
        Assert.Equal([2, 4], Faults(report).Select(one => one.Line));
    }

    [Fact]
    public async Task A_name_that_is_no_utf_8_is_refused_and_not_placed_as_another_name()
    {
        _file.Write(Row("UTF-1"), Row("UTF-2", buyer: "M?ller"));
        var bytes = await File.ReadAllBytesAsync(_file.Path, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(_file.Path, [.. bytes.Select(one => one == (byte)'?' ? (byte)0xFC : one)], TestContext.Current.CancellationToken);
        var (code, report) = await Import();
        Assert.Equal(1, code);
        Assert.Equal(["UTF-1"], References(report, "ACCEPTED"));
        Assert.Equal(("purchaser_name", "text in UTF-8"), Faults(report).Select(one => (one.Field, one.Allowed)).Single());
    }

    [Fact]
    public async Task What_was_put_right_is_placed_by_the_next_run_and_the_rest_is_left_as_it_is()
    {
        _file.Write(Row("FIX-1"), Row("FIX-2", zone: "Mars/Base"));
        var (firstCode, first) = await Import();
        var before = await system.Orders();
        _file.Write(Row("FIX-1"), Row("FIX-2"));
        var (secondCode, second) = await Import();
        Assert.Equal((1, 0), (firstCode, secondCode));
        Assert.Equal(before.Count + 1, (await system.Orders()).Count);
        Assert.Superset(Names(first), Names(second));
    }

    [Fact]
    public async Task Another_order_under_a_reference_already_placed_is_refused_and_not_placed()
    {
        _file.Write(Row("CHG-1"));
        await system.Run("caller", "import-orders", _file.Path);
        var before = await system.Orders();
        _file.Write(Row("CHG-1", quantity: "11"));
        var (code, output, _) = await system.Run("caller", "import-orders", _file.Path);
        Assert.Equal(1, code);
        Assert.Contains("REQUEST_ID_REUSED", output, StringComparison.Ordinal);
        Assert.Contains("1 orders: 0 accepted, now or by an earlier run; 1 refused; 0 not placed.", output, StringComparison.Ordinal);
        Assert.Equal(before.Count, (await system.Orders()).Count);
    }

    [Fact]
    public async Task A_caller_without_the_role_is_told_which_one_and_no_order_is_left_out_of_the_report()
    {
        _file.Write(Enumerable.Range(0, 30).Select(at => Row($"ROLE-{at}")));
        var (code, output, notes) = await system.Run("analyst", "import-orders", _file.Path, "--json");
        using var report = JsonDocument.Parse(output);
        Assert.Equal(1, code);
        Assert.Equal(30, References(report.RootElement, "NOT_PLACED").Count);
        Assert.Contains("'import-orders' needs a token of the role caller.", notes, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_not_there_leaves_every_order_as_not_placed()
    {
        _file.Write(Row("GONE-1"), Row("GONE-2"));
        var (code, output, notes) = await system.Run("caller", "import-orders", _file.Path, "--json", "--address", "http://127.0.0.1:9", "--deadline", "2");
        using var report = JsonDocument.Parse(output);
        Assert.Equal(3, code);
        Assert.Equal(["GONE-1", "GONE-2"], References(report.RootElement, "NOT_PLACED"));
        Assert.Contains("Give the same command again", notes, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_header_with_a_column_nobody_knows_is_refused_before_anything_is_placed()
    {
        await File.WriteAllTextAsync(
            _file.Path,
            $"{Header.Replace("end_user_headquarters_country", "end_user_hq", StringComparison.Ordinal)}\n{Row("HDR-1")}\n",
            TestContext.Current.CancellationToken);
        var (code, output, notes) = await system.Run("caller", "import-orders", _file.Path);
        Assert.Equal((2, ""), (code, output));
        Assert.Contains("unknown: end_user_hq", notes, StringComparison.Ordinal);
    }

    private async Task<(int ExitCode, JsonElement Report)> Import()
    {
        var (code, output, _) = await system.Run("caller", "import-orders", _file.Path, "--json");
        using var report = JsonDocument.Parse(output);
        return (code, report.RootElement.Clone());
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static List<string> References(JsonElement report, string outcome) =>
        [.. report.GetProperty("results").EnumerateArray().Where(one => Text(one, "outcome") == outcome).Select(one => Text(one, "reference"))];

    private static HashSet<string> Names(JsonElement report) =>
        [.. report.GetProperty("results").EnumerateArray().Select(one => Text(one, "order")).Where(name => name.Length > 0)];

    private static List<(int Line, string Reference, string Field, string Value, string Allowed)> Faults(JsonElement report) =>
    [
        .. report.GetProperty("results").EnumerateArray().SelectMany(
            one => one.GetProperty("faults").EnumerateArray().Select(
                fault => (fault.GetProperty("line").GetInt32(), Text(one, "reference"), Text(fault, "field"), Text(fault, "value"), Text(fault, "allowed")))),
    ];
}
