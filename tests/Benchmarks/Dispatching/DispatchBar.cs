using System.Diagnostics;
using OrderTracking.Shipments.V1;
using OrderTracking.TestKit;

namespace OrderTracking.Benchmarks.Dispatching;

/// <summary>
/// B7: DispatchShipment of shipments that leave under a licence, which takes two services, three durable commits and a draw of the licence,
/// against PlaceOrder alone with as many callers. What dispatches is a whole Host, what orders are placed with is the order service by itself.
/// </summary>
internal static class DispatchBar
{
    private const int Callers = 256;
    private const int DispatchesEach = 4;
    private const double OfPlacing = 0.2;
    private static readonly TimeSpan Span = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(7);

    public static async Task<IReadOnlyList<Bar>> Measure(bool isShort)
    {
        await using var placing = await MeasuredHost.Start("OrderTracking.OrderService.dll");
        await using var host = await MeasuredHost.Start(program: null);
        var licensed = await LicensedShipments.Of(host);
        await placing.PlaceOrders(Callers, WarmUp);
        await placing.Quiet();
        for (var round = 0; round < 2; round++)
            await Dispatch(host, licensed);
        var ratio = await Pairs.Measure("DispatchShipment / PlaceOrder", isShort ? 5 : 15, () => Dispatch(host, licensed), () => Place(placing));
        await licensed.RequireEachDrawn();
        return [new Bar("B7", ratio, OfPlacing)];
    }

    private static async Task<double> Dispatch(MeasuredHost host, LicensedShipments licensed)
    {
        var ready = await licensed.Make(Callers * DispatchesEach);
        await host.Quiet();
        var callers = Enumerable.Range(0, Callers).Select(number => host.As(number, "warehouse", "caller").Shipments).ToList();
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(callers.Select(async (caller, number) =>
        {
            for (var at = number; at < ready.Count; at += Callers)
                await caller.DispatchShipmentAsync(new DispatchShipmentRequest
                {
                    Name = ready[at], Carrier = "Polar Air", TrackingNumber = "PA-1", RequestId = Shop.NewRequestId(),
                });
        }));
        var rate = ready.Count / Stopwatch.GetElapsedTime(started).TotalSeconds;
        await host.Quiet();
        return rate;
    }

    private static async Task<double> Place(MeasuredHost host)
    {
        var rate = await host.PlaceOrders(Callers, Span);
        await host.Quiet();
        return rate;
    }
}
