using System.Globalization;
using Grpc.Core;
using OrderTracking.Benchmarks.Loading;
using OrderTracking.Benchmarks.Placing;
using OrderTracking.Orders.V1;
using ComplianceApi = OrderTracking.Compliance.V1.ComplianceService;
using OrdersApi = OrderTracking.Orders.V1.OrderService;

namespace OrderTracking.Benchmarks.Growing;

/// <summary>
/// Measures one number of stored orders. The file is filled with the product's own rows by its own statements; reads come first, because placing
/// adds orders. Processes are warmed by calls that are only validated, so that the empty file stays near empty.
/// </summary>
internal static class Growth
{
    public const double OfEmpty = 0.9;
    private const string OrderProgram = "OrderTracking.OrderService.dll";
    private const int Placers = 256;
    private const int Readers = 64;
    private const int Samples = 10_000;
    private const int ReadRounds = 3;
    private static readonly TimeSpan Span = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ReadWarmUp = TimeSpan.FromSeconds(7);

    // The limit on one caller's rate would be measured instead.
    private static readonly (string Name, string Value) Unlimited = ("Grpc__Limits__CallsPerSecondMax", "1000000");

    public static async Task<(GrowthRow Row, Bar Bar)> Measure(int stored, int pairs)
    {
        using var file = await OrderFile.Make();
        await Progress.Say(string.Create(CultureInfo.InvariantCulture, $"{stored:N0} orders are stored"));
        var ids = file.Fill(stored - 1, Samples);
        var (row, ratio) = await MeasureOrders(file.Folder, stored, ids, pairs);
        await using var host = await MeasuredHost.StartOn(file.Folder, program: null, Unlimited);
        row = row with { HostServedAfterSeconds = host.ServedAfter.TotalSeconds, CheckShipment = await CheckShipments(host) };
        return (row, new Bar("B3", ratio, OfEmpty));
    }

    private static async Task<(GrowthRow Row, Ratio Ratio)> MeasureOrders(string folder, int stored, IReadOnlyList<string> ids, int pairs)
    {
        await using var full = await MeasuredHost.StartOn(folder, OrderProgram, Unlimited);
        await using var empty = await MeasuredHost.Start(OrderProgram, Unlimited);
        var clients = full.Clients(channel => new OrdersApi.OrderServiceClient(channel));
        var get = await Read("GetOrder", caller => GetOrder(clients[caller % clients.Count], ids, full.Metadata));
        var list = await Read("ListOrders", async caller => await clients[caller % clients.Count].ListOrdersAsync(new ListOrdersRequest(), full.Metadata));
        await full.Quiet();
        var resident = full.ResidentBytes;
        await Task.WhenAll(WarmPlacing(full), WarmPlacing(empty));

        var ratio = await Pairs.Measure(
            string.Create(CultureInfo.InvariantCulture, $"PlaceOrder at {stored:N0} stored orders / on an empty file"), pairs, () => Place(full), () => Place(empty));
        var placed = (long)(ratio.ProductRate * pairs * Span.TotalSeconds);
        return (new GrowthRow(stored, stored + placed, ratio.ProductRate, ratio.Median, get, list, CheckShipment: 0, resident, full.ResidentBytes, HostServedAfterSeconds: 0), ratio);
    }

    private static async Task WarmPlacing(MeasuredHost host)
    {
        await host.PlaceOrders(Placers, WarmUp, validateOnly: true);
        await host.PlaceOrders(Placers, Span);
        await host.Quiet();
    }

    private static async Task<double> Place(MeasuredHost host)
    {
        var rate = await host.PlaceOrders(Placers, Span);
        await host.Quiet();
        return rate;
    }

    private static async Task GetOrder(OrdersApi.OrderServiceClient client, IReadOnlyList<string> ids, Metadata metadata)
    {
        var id = ids[Random.Shared.Next(ids.Count)];
        var order = await client.GetOrderAsync(new GetOrderRequest { Name = $"orders/{id}" }, metadata);
        if (order.Uid != id)
            throw new InvalidOperationException($"Asked for order {id}, the answer is {order.Uid}.");
    }

    private static Task<double> CheckShipments(MeasuredHost host)
    {
        var clients = host.Clients(channel => new ComplianceApi.ComplianceServiceClient(channel));
        var question = LoadCalls.Question();
        return Read("CheckShipment", async caller => await clients[caller % clients.Count].CheckShipmentAsync(question, host.Metadata));
    }

    // The median of some rounds, after a warm-up.
    private static async Task<double> Read(string what, Func<int, Task> call)
    {
        await MeasuredHost.Rate(Readers, ReadWarmUp, call);
        var rates = new List<double>();
        for (var round = 0; round < ReadRounds; round++)
            rates.Add(await MeasuredHost.Rate(Readers, Span, call));
        rates.Sort();
        await Progress.Say(string.Create(CultureInfo.InvariantCulture, $"{what}: {rates[ReadRounds / 2]:N0}/s"));
        return rates[ReadRounds / 2];
    }
}
