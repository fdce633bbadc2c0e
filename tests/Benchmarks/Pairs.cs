using System.Globalization;

namespace OrderTracking.Benchmarks;

/// <summary>Two things measured in turn, so that what the machine does besides touches both: the order flips each pair, and the ratio counts.</summary>
internal static class Pairs
{
    /// <param name="name">What the ratio is of.</param>
    /// <param name="rounds">Pairs.</param>
    /// <param name="product">Its rate in one round.</param>
    /// <param name="limit">What it is compared with.</param>
    public static async Task<Ratio> Measure(string name, int rounds, Func<Task<double>> product, Func<Task<double>> limit)
    {
        var pairs = new List<(double Product, double Limit)>();
        for (var round = 0; round < rounds; round++)
        {
            var first = round % 2 == 0 ? await product() : await limit();
            var second = round % 2 == 0 ? await limit() : await product();
            pairs.Add(round % 2 == 0 ? (first, second) : (second, first));
            await Progress.Say(string.Create(
                CultureInfo.InvariantCulture, $"{name}: {round + 1} of {rounds}, {pairs[^1].Product:N0}/s against {pairs[^1].Limit:N0}/s"));
        }

        return new Ratio(name, pairs);
    }
}

/// <summary>The ratios of the pairs of one measurement.</summary>
internal sealed class Ratio(string name, IReadOnlyList<(double Product, double Limit)> pairs)
{
    private readonly double[] _sorted = [.. pairs.Select(pair => pair.Product / pair.Limit).Order()];

    public string Name => name;

    public IReadOnlyList<(double Product, double Limit)> Pairs => pairs;

    public double Median => At(0.5);

    public double LowerQuartile => At(0.25);

    public double UpperQuartile => At(0.75);

    public double Min => _sorted[0];

    public double Max => _sorted[^1];

    public double ProductRate => pairs.Average(pair => pair.Product);

    public double LimitRate => pairs.Average(pair => pair.Limit);

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{name}: median {Median:0.00#}, quartiles {LowerQuartile:0.00#} to {UpperQuartile:0.00#}, range {Min:0.00#} to {Max:0.00#}, {pairs.Count} pairs; {ProductRate:N0}/s against {LimitRate:N0}/s");

    /// <summary>The pairs of this measurement and of another of the same.</summary>
    public Ratio And(Ratio other) => new(name, [.. pairs, .. other.Pairs]);

    private double At(double share)
    {
        var place = share * (_sorted.Length - 1);
        var (below, above) = (_sorted[(int)Math.Floor(place)], _sorted[(int)Math.Ceiling(place)]);
        return below + (above - below) * (place - Math.Floor(place));
    }
}
