using System.Globalization;
using System.Text.RegularExpressions;

namespace OrderTracking.SystemTests.Monitoring;

/// <summary>What one look at /metrics said, in Prometheus' text.</summary>
internal sealed partial class Scrape
{
    private readonly List<(string Name, Dictionary<string, string> Labels, double Value)> _samples = [];

    public Scrape(string text)
    {
        foreach (var sample in Sample().Matches(text).Select(match => match.Groups))
            _samples.Add((
                sample[1].Value,
                Label().Matches(sample[2].Value).ToDictionary(label => label.Groups[1].Value, label => label.Groups[2].Value, StringComparer.Ordinal),
                double.Parse(sample[3].Value, CultureInfo.InvariantCulture)));
    }

    public IReadOnlySet<string> Names => _samples.Select(sample => sample.Name).ToHashSet(StringComparer.Ordinal);

    /// <summary>The sum of the series of a name that have these labels; 0 where there is none.</summary>
    public double Sum(string name, params (string Name, string Value)[] labels) => _samples
        .Where(sample => sample.Name == name && labels.All(label => sample.Labels.GetValueOrDefault(label.Name) == label.Value))
        .Sum(sample => sample.Value);

    /// <summary>The values of a name by two of its labels.</summary>
    public IReadOnlyDictionary<(string, string), long> By(string name, string first, string second) => _samples
        .Where(sample => sample.Name == name)
        .GroupBy(sample => (sample.Labels[first], sample.Labels[second]))
        .ToDictionary(group => group.Key, group => (long)group.Sum(sample => sample.Value));

    [GeneratedRegex(@"^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? ([-+0-9.eE]+)(?: \d+)?\r?$", RegexOptions.Multiline)]
    private static partial Regex Sample();

    [GeneratedRegex(@"([a-zA-Z_][a-zA-Z0-9_]*)=""((?:[^""\\]|\\.)*)""")]
    private static partial Regex Label();
}
