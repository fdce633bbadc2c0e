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
            await Console.Error.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"{name}: {round + 1} of {rounds}, {pairs[^1].Product:N0}/s against {pairs[^1].Limit:N0}/s"));
        }

        return new Ratio(name, pairs);
    }
}

/// <summary>The ratios of the pairs of one measurement.</summary>
internal sealed class Ratio(string name, IReadOnlyList<(double Product, double Limit)> pairs)
{
    private readonly double[] _sorted = [.. pairs.Select(pair => pair.Product / pair.Limit).Order()];

    public double Median => At(0.5);

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{name}: median {Median:F2}, quartiles {At(0.25):F2} to {At(0.75):F2}, range {_sorted[0]:F2} to {_sorted[^1]:F2}, {pairs.Count} pairs; {pairs.Average(pair => pair.Product):N0}/s against {pairs.Average(pair => pair.Limit):N0}/s");

    private double At(double share)
    {
        var place = share * (_sorted.Length - 1);
        var (below, above) = (_sorted[(int)Math.Floor(place)], _sorted[(int)Math.Ceiling(place)]);
        return below + (above - below) * (place - Math.Floor(place));
    }
}
