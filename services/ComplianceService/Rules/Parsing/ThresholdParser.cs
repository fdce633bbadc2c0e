using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace OrderTracking.ComplianceService.Rules.Parsing;

/// <summary>Bounds of a fact: a mapping of at_least, less_than, more_than, at_most to a number with its unit.</summary>
internal static class ThresholdParser
{
    private static readonly (string Key, Comparator Comparator)[] Bounds =
    [
        ("at_least", Comparator.AtLeast),
        ("more_than", Comparator.MoreThan),
        ("less_than", Comparator.LessThan),
        ("at_most", Comparator.AtMost),
    ];

    public static string[] Keys { get; } = [.. Bounds.Select(bound => bound.Key)];

    public static Condition? Read(RuleText text, Fields fields, NumericFact[] facts)
    {
        var comparisons = new List<Comparison>();
        var unit = FactNames.Unit(facts[0]);
        foreach (var (key, comparator) in Bounds)
            if (fields.Find(key) is { } node && Number(text, node, key, unit) is { } threshold)
                comparisons.Add(new Comparison(facts, comparator, threshold));
        if (!Keys.Any(key => fields.Find(key) is not null))
            text.Refuse(fields.Node, $"no bound; one of {string.Join(", ", Keys)} is needed");
        RefuseContradiction(text, fields, comparisons);
        return comparisons.Count switch
        {
            0 => null,
            1 => comparisons[0],
            _ => new AllOf([.. comparisons]),
        };
    }

    /// <summary>A number with exactly this unit behind one blank.</summary>
    public static decimal? Number(RuleText text, YamlNode node, string key, string unit)
    {
        if (Fields.Scalar(text, node, key) is not { } written)
            return null;
        var parts = written.Split(' ');
        if (!decimal.TryParse(parts[0], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            || number > Screening.Inputs.FactMax)
            text.Refuse(node, $"'{key}' is '{written}', which is no number like '4800 {unit}'");
        else if (parts.Length == 1)
            text.Refuse(node, $"the threshold '{written}' of '{key}' has no unit; write '{written} {unit}'");
        else if (parts.Length > 2 || parts[1] != unit)
            text.Refuse(node, $"the threshold '{written}' of '{key}' is not in {unit}");
        else
            return number;
        return null;
    }

    private static void RefuseContradiction(RuleText text, Fields fields, List<Comparison> comparisons)
    {
        if (comparisons.Count > 2 || (comparisons.Count == 2 && IsLower(comparisons[0]) == IsLower(comparisons[1])))
            text.Refuse(fields.Node, "at most one lower and one upper bound");
        else if (comparisons.Count == 2 && comparisons[0].Threshold >= comparisons[1].Threshold)
            text.Refuse(fields.Node, "the lower bound is not below the upper bound");
    }

    private static bool IsLower(Comparison comparison) => comparison.Comparator is Comparator.AtLeast or Comparator.MoreThan;
}
