namespace OrderTracking.Benchmarks.Placing;

/// <summary>B3: PlaceOrder over gRPC, durable, 256 callers, against the same statements in this process, grouped and one by one.</summary>
internal static class PlaceOrderBar
{
    private const int Callers = 256;
    private const int Batch = 128;
    private const double OfGrouped = 0.55;
    private const double OfOneByOne = 4;
    private static readonly TimeSpan Span = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(7);

    public static async Task<IReadOnlyList<Bar>> Measure(bool isShort)
    {
        await using var product = await MeasuredHost.Start("OrderTracking.OrderService.dll");
        using var limit = await OrderFile.Make();
        await product.PlaceOrders(Callers, WarmUp);
        await product.Quiet();
        limit.Insert(Batch, TimeSpan.FromSeconds(1));
        var rounds = isShort ? 5 : 15;
        var grouped = await Pairs.Measure("PlaceOrder / grouped statements in process", rounds, () => Round(product), () => Task.FromResult(limit.Insert(Batch, Span)));
        var oneByOne = await Pairs.Measure("PlaceOrder / a transaction an order in process", rounds, () => Round(product), () => Task.FromResult(limit.Insert(1, Span)));
        return [new Bar("B3", grouped, OfGrouped), new Bar("B3", oneByOne, OfOneByOne)];
    }

    private static async Task<double> Round(MeasuredHost host)
    {
        var rate = await host.PlaceOrders(Callers, Span);
        await host.Quiet();
        return rate;
    }
}
