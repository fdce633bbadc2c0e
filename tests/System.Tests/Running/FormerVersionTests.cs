using OrderTracking.Host;
using OrderTracking.Orders.V1;
using OrderTracking.TestKit;
using Xunit;

namespace OrderTracking.SystemTests.Running;

/// <summary>
/// The former release's own programs on today's schema: beside today's, and in their place after a step back. Their directory is given by
/// ORDERTRACKING_FORMER.
/// </summary>
public sealed class FormerVersionTests : IDisposable
{
    private const string Variable = "ORDERTRACKING_FORMER";
    private const int OrdersEach = 20;
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);
    private readonly string _data = Directory.CreateTempSubdirectory("ordertracking-former-").FullName;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public async Task Both_versions_serve_one_database_at_the_same_time()
    {
        var former = Former("OrderTracking.OrderService.dll");
        await using var new_ = new HostProcess(_data) { Program = Path.Combine(AppContext.BaseDirectory, "OrderTracking.OrderService.dll") };
        await new_.Start();
        await using var old = new HostProcess(_data) { Program = former };
        await old.Start();

        var placed = await Task.WhenAll(new[] { new_, old }.SelectMany(host => Enumerable.Range(0, OrdersEach).Select(_ => Place(host))));
        foreach (var host in new[] { new_, old })
        {
            var seen = await host.As("erp", "caller").Orders.ListOrdersAsync(new ListOrdersRequest { PageSize = 1000 });
            Assert.Equal(placed.Order(StringComparer.Ordinal), seen.Orders.Select(order => order.Name).Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task The_former_version_takes_the_work_over_and_gives_it_back()
    {
        var former = Former("OrderTracking.Host.dll");
        var today = typeof(HostApp).Assembly.Location;
        await using var host = new HostProcess(_data);
        var load = new KillLoad(host, KillTests.ZoneWellInsideItsDay(), KillTests.Today());
        await host.Start();
        await load.RegisterLicence();
        using var working = new CancellationTokenSource();
        using var placing = new CancellationTokenSource();
        var orders = load.Place(placing.Token);
        var work = new[] { load.Settle(working.Token), load.Dispatch(working.Token) };
        foreach (var program in new[] { former, today })
        {
            var before = load.Placed.Count;
            await Eventually.Becomes("orders are placed", () => Task.FromResult(load.Placed.Count >= before + OrdersEach), Deadline);
            await host.Kill();
            host.Program = program;
            await host.Start();
        }

        await placing.CancelAsync();
        await orders;
        await Eventually.Becomes("everything has left", async () => await Dispatched(load) == load.Placed.Count, Deadline);
        await working.CancelAsync();
        await Task.WhenAll(work);
        await Invariants.Hold(_data);
    }

    private static string Former(string program)
    {
        var directory = Environment.GetEnvironmentVariable(Variable) ?? "";
        Assert.SkipWhen(directory.Length == 0, $"Former release: {Variable} names no directory with the programs of the former release.");
        return Path.Combine(directory, program);
    }

    private static async Task<string> Place(HostProcess host) =>
        (await host.As("erp", "caller").Orders.PlaceOrderAsync(new PlaceOrderRequest { Order = new OrderSketch { ShipDates = [KillTests.Today()] }.ToOrder() })).Name;

    private static async Task<int> Dispatched(KillLoad load) =>
        (await load.Caller.Shipments.ListShipmentsAsync(
            new Shipments.V1.ListShipmentsRequest { Filter = "state = \"DISPATCHED\"", PageSize = 1000 })).Shipments.Count;
}
