using System.Globalization;
using OrderTracking.TestKit.Brokers;

namespace OrderTracking.Benchmarks.Walking;

/// <summary>
/// B5: an order placed, planned, screened and known to be screened by the order again: three hops over the broker. As many as can be walked
/// with a bounded number under way, against placing alone; and how long the slowest of a hundred takes at a steady rate, against the broker's.
/// </summary>
internal static class WalkBar
{
    private const int Callers = 256;
    private const int Rate = 500;
    private const double OfPlacing = 0.2;
    private const double TimesBrokerMax = 15;
    private static readonly TimeSpan Span = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Ramp = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PlacingSpan = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(7);

    public static async Task<IReadOnlyList<Bar>> Measure(bool isShort)
    {
        await using var broker = await TestBroker.FindOwn();
        if (broker is null)
        {
            await Console.Error.WriteLineAsync($"B5 is not measured. {TestBroker.Missing}");
            return [];
        }

        await using var product = await WalkingHost.Start(broker);
        await using var alone = await MeasuredHost.Start("OrderTracking.OrderService.dll");
        await using var raw = await RoundTrips.Start(broker);
        await product.Walk(Callers, Ramp, WarmUp);
        await alone.PlaceOrders(Callers, WarmUp);
        await alone.Quiet();

        var rounds = isShort ? 5 : 15;
        var rate = await Pairs.Measure("walks / PlaceOrder alone", rounds, () => product.Walk(Callers, Ramp, Span), () => Placing(alone));
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"B5 at most {WalkingHost.UnderWayMax:N0} walks under way; the last was known {product.LongestTail.TotalSeconds:0.00} s after the last call at most"));
        await product.SlowestOfHundred(Rate, Span);
        await raw.SlowestOfHundred(Rate, Span);
        var slowest = await Pairs.Measure("p99 in microseconds at 500/s, walk / broker", rounds, () => product.SlowestOfHundred(Rate, 2 * Span), () => raw.SlowestOfHundred(Rate, 2 * Span));
        return [new Bar("B5", rate, OfPlacing), Bar.Exactly("B5", slowest.ToString(), slowest.Median, TimesBrokerMax)];
    }

    private static async Task<double> Placing(MeasuredHost host)
    {
        var rate = await host.PlaceOrders(Callers, PlacingSpan);
        await host.Quiet();
        return rate;
    }
}
