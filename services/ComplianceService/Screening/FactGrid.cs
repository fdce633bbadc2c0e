using OrderTracking.ComplianceService.Rules;

namespace OrderTracking.ComplianceService.Screening;

/// <summary>The values to try for one unknown fact.</summary>
internal sealed record FactAxis(string Fact, int Count, Func<int, ItemFacts, string?, (ItemFacts Facts, string? Family)> Set);

/// <summary>
/// One axis for each unknown fact a test reads, with a value in every piece between the test's thresholds. A derived density is no axis
/// of its own: it moves with the TPP, whose axis then holds the density thresholds times the die area. Where TPP and die area are both
/// unknown the density is free.
/// </summary>
internal sealed class FactGrid
{
    private readonly List<Comparison> comparisons = [];
    private readonly HashSet<string> families = new(StringComparer.OrdinalIgnoreCase);
    private readonly Inputs inputs;
    private readonly bool densityMovesWithTpp;
    private bool readsFamily;
    private bool readsDataCenter;

    private FactGrid(Condition test, Inputs inputs)
    {
        this.inputs = inputs;
        densityMovesWithTpp = inputs.DensityIsDerived && inputs.Used.Facts.Tpp is null;
        Collect(test);
        AddNumbers();
        if (readsDataCenter && inputs.DesignedForDataCenter is null)
            Axes.Add(new FactAxis(
                FactNames.DesignedForDataCenter, 2, (i, facts, family) => (facts with { DesignedForDataCenter = i == 1 }, family)));
        if (readsFamily && inputs.Family is null)
        {
            // The empty family stands for every family that no comparison names.
            string[] values = [.. families, ""];
            Axes.Add(new FactAxis(FactNames.Family, values.Length, (i, facts, _) => (facts, values[i])));
        }
    }

    public List<FactAxis> Axes { get; } = [];

    public long Combinations
    {
        get
        {
            var product = 1L;
            foreach (var axis in Axes)
                product = Math.Min(product * axis.Count, int.MaxValue);
            return product;
        }
    }

    public static FactGrid Of(Condition test, Inputs inputs) => new(test, inputs);

    private void Collect(Condition condition)
    {
        switch (condition)
        {
            case Comparison comparison:
                comparisons.Add(comparison);
                break;
            case FamilyIn named:
                readsFamily = true;
                families.UnionWith(named.Families);
                break;
            case DesignedForDataCenter:
                readsDataCenter = true;
                break;
        }

        foreach (var child in condition.Children)
            Collect(child);
    }

    private void AddNumbers()
    {
        var breaks = FactNames.Numbers.ToDictionary(fact => fact, Breaks);
        foreach (var fact in FactNames.Numbers)
        {
            if (!IsFree(fact) || !comparisons.Any(comparison => Reads(comparison, fact)))
                continue;
            var values = Values([.. breaks[fact], .. SumBreaks(fact, breaks)]);
            Axes.Add(new FactAxis(FactNames.Of(fact), values.Length, (i, facts, family) => (With(facts, fact, values[i]), family)));
        }
    }

    /// <summary>Thresholds of the fact alone, a derived density's brought over to the TPP.</summary>
    private List<decimal> Breaks(NumericFact fact)
    {
        var breaks = new List<decimal>();
        foreach (var comparison in comparisons)
            if (comparison.Facts.Count == 1 && comparison.Facts[0] == fact)
                breaks.Add(comparison.Threshold);
            else if (comparison.Facts[0] == NumericFact.PerformanceDensity && fact == NumericFact.Tpp && densityMovesWithTpp)
                breaks.Add(comparison.Threshold * inputs.DensityDivisor);
        return breaks;
    }

    /// <summary>
    /// Where a sum turns: its threshold less what is known of the other facts, for every piece of those that are not. Taken twice, so
    /// that a piece that only opens through the other axis is found from both sides.
    /// </summary>
    private List<decimal> SumBreaks(NumericFact fact, Dictionary<NumericFact, List<decimal>> breaks)
    {
        var found = new List<decimal>();
        foreach (var comparison in comparisons)
        {
            if (comparison.Facts.Count < 2 || !comparison.Facts.Contains(fact))
                continue;
            List<decimal> rests = [comparison.Threshold];
            foreach (var other in comparison.Facts)
            {
                if (other == fact)
                    continue;
                decimal[] values = inputs.Number(other) is { } known
                    ? [known]
                    : Values([.. breaks[other], comparison.Threshold, .. breaks[fact].Select(value => comparison.Threshold - value)]);
                rests = [.. rests.SelectMany(_ => values, (rest, value) => rest - value)];
            }

            found.AddRange(rests);
        }

        return found;
    }

    /// <summary>The breaks from 0 up, a value between each two, and one above the last: a value in every piece.</summary>
    private static decimal[] Values(IEnumerable<decimal> breaks)
    {
        var sorted = breaks.Where(value => value > 0m).Append(0m).Distinct().Order().ToArray();
        var values = new decimal[sorted.Length * 2];
        for (var i = 0; i < sorted.Length; i++)
        {
            values[i * 2] = sorted[i];
            values[i * 2 + 1] = i + 1 < sorted.Length ? (sorted[i] + sorted[i + 1]) / 2m : sorted[i] + 1m;
        }

        return values;
    }

    private bool Reads(Comparison comparison, NumericFact fact) =>
        comparison.Facts.Contains(fact)
        || (fact == NumericFact.Tpp && densityMovesWithTpp && comparison.Facts.Contains(NumericFact.PerformanceDensity));

    private bool IsFree(NumericFact fact) =>
        inputs.Number(fact) is null && !(fact == NumericFact.PerformanceDensity && densityMovesWithTpp);

    private static ItemFacts With(ItemFacts facts, NumericFact fact, decimal value) => fact switch
    {
        NumericFact.Tpp => facts with { Tpp = value },
        NumericFact.PerformanceDensity => facts with { PerformanceDensity = value },
        NumericFact.IoBandwidth => facts with { IoBandwidthGbps = value },
        _ => facts with { MemoryBandwidthGbps = value },
    };
}
