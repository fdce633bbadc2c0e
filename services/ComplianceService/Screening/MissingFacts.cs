using OrderTracking.ComplianceService.Rules;

namespace OrderTracking.ComplianceService.Screening;

/// <summary>
/// Names the unknown facts that decide an item test: a fact is named if, for some values of the other unknown facts, changing it alone
/// turns the test. Tests are piecewise constant in each fact, so trying a value in each piece (<see cref="FactGrid"/>) tries them all.
/// <para>
/// Kleene's logic is coarser than this: it calls a test unknown even where every value of the unknown facts gives one answer (TPP unknown
/// on a die so small that no density lies between two thresholds). Such a finding stays UNDETERMINED, as the rule format says by the
/// letter, and names no fact. Clearing or denying by search would make the answer depend on more than the truth tables an officer can
/// follow, and HELD is the safe side of a case that a stated figure settles at once.
/// </para>
/// </summary>
internal static class MissingFacts
{
    /// <summary>Above this many combinations every unknown fact the test reads is named: more than needed, never fewer.</summary>
    public const int CombinationsMax = 100_000;

    public static IReadOnlyList<string> Of(Condition test, Inputs inputs)
    {
        var grid = FactGrid.Of(test, inputs);
        if (grid.Axes.Count == 0)
            return [];
        if (grid.Combinations > CombinationsMax)
            return InOrder(grid.Axes.Select(axis => axis.Fact));
        var answers = Answers(test, inputs, grid);
        var deciding = new List<string>();
        var stride = 1;
        foreach (var axis in grid.Axes)
        {
            if (Turns(answers, stride, axis.Count))
                deciding.Add(axis.Fact);
            stride *= axis.Count;
        }

        return InOrder(deciding);
    }

    private static bool[] Answers(Condition test, Inputs inputs, FactGrid grid)
    {
        var answers = new bool[(int)grid.Combinations];
        for (var i = 0; i < answers.Length; i++)
        {
            var facts = inputs.Used.Facts;
            var family = inputs.Family;
            var rest = i;
            foreach (var axis in grid.Axes)
            {
                (facts, family) = axis.Set(rest % axis.Count, facts, family);
                rest /= axis.Count;
            }

            answers[i] = test.Evaluate(inputs.With(facts, family)) == Truth.True;
        }

        return answers;
    }

    /// <summary>Whether some two answers that differ in this axis only are not the same.</summary>
    private static bool Turns(bool[] answers, int stride, int count)
    {
        for (var i = 0; i < answers.Length; i++)
            if (i / stride % count > 0 && answers[i] != answers[i - stride])
                return true;
        return false;
    }

    private static string[] InOrder(IEnumerable<string> facts)
    {
        var named = facts.ToHashSet(StringComparer.Ordinal);
        return [.. FactNames.All.Where(named.Contains)];
    }
}
