using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Xunit;
using static OrderTracking.Client.Tests.Admin.OrderRowsFile;

namespace OrderTracking.Client.Tests.Admin;

/// <summary>Files of thousands of orders, given to the program as a user gives them, once, twice, and killed on the way.</summary>
public sealed class ImportProgramTests(RunningAdmin system) : IClassFixture<RunningAdmin>, IDisposable
{
    private const int OrdersOfFile = 2_000;
    private const int OrdersBrokenOff = 1_000;
    private const int PlacedBeforeKill = 100;
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(3);

    // Longer than an address nobody ever answered at is asked.
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(10);
    private readonly OrderRowsFile _file = new();
    private readonly string _report = Path.GetTempFileName();

    public void Dispose()
    {
        _file.Dispose();
        File.Delete(_report);
    }

    [Fact]
    public async Task Thousands_of_rows_with_bad_ones_among_them_are_placed_once_however_often_they_are_given()
    {
        _file.Write(Enumerable.Range(0, OrdersOfFile).Select(at => at % 100 == 42 ? Row($"MANY-{at}", quantity: "-1") : Row($"MANY-{at}")));
        var first = await system.RunProgram("caller", "import-orders", _file.Path, "--report", _report);
        var report = await File.ReadAllTextAsync(_report, TestContext.Current.CancellationToken);
        var placed = await Placed("PO-MANY-");
        var second = await system.RunProgram("caller", "import-orders", _file.Path, "--report", _report);

        Assert.Equal((1, 1), (first.ExitCode, second.ExitCode));
        Assert.Contains("2,000 orders: 1,980 accepted, now or by an earlier run; 20 refused; 0 not placed.", first.Output, StringComparison.Ordinal);
        Assert.Matches("44 +MANY-42 +REFUSED +quantity +-1 +1 to 10000000 units", first.Output);
        Assert.DoesNotContain('\u001b', first.Output + first.Notes + second.Output + second.Notes);
        Assert.Equal(OrdersOfFile * 99 / 100, placed.Count);
        Assert.Equal(placed.Count, placed.Distinct(StringComparer.Ordinal).Count());
        // The second run changes nothing and tells the same, order names included.
        Assert.Equal(first.Output, second.Output);
        Assert.Equal(report, await File.ReadAllTextAsync(_report, TestContext.Current.CancellationToken));
        Assert.Equal(placed.Order(StringComparer.Ordinal), (await Placed("PO-MANY-")).Order(StringComparer.Ordinal));
        Assert.Equal(OrdersOfFile + 1, report.TrimEnd().Split('\n').Length);
    }

    [Fact]
    public async Task An_import_killed_on_its_way_is_resumed_by_giving_it_again_and_each_order_is_there_once()
    {
        _file.Write(Enumerable.Range(0, OrdersBrokenOff).Select(at => Row($"KILL-{at}")));
        using (var process = await system.Begin("caller", "import-orders", _file.Path))
        {
            await SomeArePlaced("PO-KILL-");
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        Assert.InRange((await Placed("PO-KILL-")).Count, PlacedBeforeKill, OrdersBrokenOff - 1);
        var (code, output, _) = await system.RunProgram("caller", "import-orders", _file.Path);
        Assert.Equal(0, code);
        Assert.Contains("1,000 orders: 1,000 accepted, now or by an earlier run; 0 refused; 0 not placed.", output, StringComparison.Ordinal);
        await EachIsPlacedOnce("PO-KILL-");
    }

    [Fact]
    public async Task An_import_that_is_broken_off_says_what_is_placed_and_the_next_run_places_the_rest()
    {
        _file.Write(Enumerable.Range(0, OrdersBrokenOff).Select(at => Row($"STOP-{at}")));
        using var process = await system.Begin("caller", "import-orders", _file.Path, "--json");
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await SomeArePlaced("PO-STOP-");
        using (var interrupt = Process.Start("kill", ["-INT", process.Id.ToString(CultureInfo.InvariantCulture)]))
            await interrupt.WaitForExitAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Deadline, TestContext.Current.CancellationToken);
        using var report = JsonDocument.Parse(await output);
        Assert.Equal(3, process.ExitCode);
        Assert.Equal(OrdersBrokenOff, report.RootElement.GetProperty("results").GetArrayLength());
        Assert.InRange(report.RootElement.GetProperty("notPlaced").GetInt32(), 1, OrdersBrokenOff - 1);
        Assert.Equal(0, (await system.RunProgram("caller", "import-orders", _file.Path)).ExitCode);
        await EachIsPlacedOnce("PO-STOP-");
    }

    [Fact]
    public async Task An_import_goes_on_when_the_server_is_back_and_each_order_is_there_once()
    {
        _file.Write(Enumerable.Range(0, OrdersBrokenOff).Select(at => Row($"POWER-{at}")));
        using var process = await system.Begin("caller", "import-orders", _file.Path);
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await SomeArePlaced("PO-POWER-");
        await system.CutPower(Outage);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Deadline, TestContext.Current.CancellationToken);
        Assert.Contains("1,000 orders: 1,000 accepted, now or by an earlier run; 0 refused; 0 not placed.", await output, StringComparison.Ordinal);
        await EachIsPlacedOnce("PO-POWER-");
    }

    private async Task SomeArePlaced(string purchaseOrders)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        while ((await Placed(purchaseOrders)).Count < PlacedBeforeKill)
            deadline.Token.ThrowIfCancellationRequested();
    }

    private async Task EachIsPlacedOnce(string purchaseOrders) => Assert.Equal(
        Enumerable.Range(0, OrdersBrokenOff).Select(at => $"{purchaseOrders}{at}").Order(StringComparer.Ordinal),
        (await Placed(purchaseOrders)).Order(StringComparer.Ordinal));

    // What the orders themselves say, and not what the import reports.
    private async Task<List<string>> Placed(string purchaseOrders) =>
    [
        .. (await system.Orders()).Select(order => order.Documents.Single().Number).Where(number => number.StartsWith(purchaseOrders, StringComparison.Ordinal)),
    ];
}
