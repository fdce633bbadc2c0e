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
        return [new Bar("B5", rate, OfPlacing), await SlowestOfHundred(product, raw, rounds)];
    }

    private static async Task<Bar> SlowestOfHundred(WalkingHost product, RoundTrips raw, int rounds)
    {
        await product.SlowestOfHundred(Rate, Span);
        await raw.SlowestOfHundred(Rate, Span);
        var (walks, trips) = (new List<double>(), new List<double>());
        // A rate is what pairs are made of: the slower, the fewer a second.
        var ratio = await Pairs.Measure(
            "the slowest of a hundred, round trips over the broker / walks, each as a rate",
            rounds,
            async () => 1 / Noted(walks, await product.SlowestOfHundred(Rate, Span)),
            async () => 1 / Noted(trips, await raw.SlowestOfHundred(Rate, Span)));
        Console.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"B5 p99 at {Rate}/s: walks {Median(walks) * 1000:0.0} ms, round trips over the broker {Median(trips) * 1000:0.0} ms, medians of {rounds}"));
        return Bar.Exactly("B5", $"p99 of walks at {Rate}/s, in p99s of the broker, median of {rounds} pairs", 1 / ratio.Median, TimesBrokerMax);
    }

    private static double Noted(List<double> all, double seconds)
    {
        all.Add(seconds);
        return seconds;
    }

    private static double Median(List<double> all) => all.Order().ElementAt(all.Count / 2);

    private static async Task<double> Placing(MeasuredHost host)
    {
        var rate = await host.PlaceOrders(Callers, PlacingSpan);
        await host.Quiet();
        return rate;
    }
}
