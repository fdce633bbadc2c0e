using System.Globalization;

namespace OrderTracking.Benchmarks;

/// <summary>What was promised of a measurement, and what came of it.</summary>
internal sealed class Bar
{
    public Bar(string id, Ratio ratio, double atLeast)
    {
        (Id, Name, Value, AtLeast, Ratio) = (id, ratio.Name, ratio.Median, atLeast, ratio);
        IsMet = ratio.Median >= atLeast;
        Words = string.Create(CultureInfo.InvariantCulture, $"{id} {ratio}; at least {atLeast:0.###}: {Verdict}");
    }

    private Bar(string id, string name, double value, double atMost)
    {
        (Id, Name, Value, AtMost) = (id, name, value, atMost);
        IsMet = value <= atMost;
        Words = string.Create(CultureInfo.InvariantCulture, $"{id} {name}: {value:0.##}; at most {atMost:0.##}: {Verdict}");
    }

    public string Id { get; }

    public string Name { get; }

    public double Value { get; }

    public double? AtLeast { get; }

    public double? AtMost { get; }

    public Ratio? Ratio { get; }

    public bool IsMet { get; }

    public string Words { get; }

    private string Verdict => IsMet ? "met" : "NOT MET";

    public static Bar Exactly(string id, string name, double value, double atMost) => new(id, name, value, atMost);
}
