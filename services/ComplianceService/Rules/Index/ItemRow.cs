using System.Collections.Concurrent;
using OrderTracking.ComplianceService.Screening;

namespace OrderTracking.ComplianceService.Rules.Index;

/// <summary>What is said of an item under one rule.</summary>
internal sealed record ItemWords(IReadOnlyList<string> Missing, IReadOnlyList<string> Statements);

/// <summary>What the item tests of a day say about one item: a bit a term, certain where the test holds, possible where it is not known not to.</summary>
internal sealed class ItemRow
{
    private readonly ConcurrentDictionary<BoundAmendment, ItemWords> _words = new(ReferenceEqualityComparer.Instance);

    public ItemRow(RuleIndex index, Inputs inputs, IReadOnlyList<BoundAmendment> rules, int[] ruleOfBit, int exporter)
    {
        Index = index;
        Exporter = exporter;
        Certain = new ulong[Rows.WordsOf(ruleOfBit.Length)];
        Possible = new ulong[Certain.Length];
        var (asked, truth) = (-1, Truth.False);
        for (var bit = 0; bit < ruleOfBit.Length; bit++)
        {
            if (ruleOfBit[bit] != asked)
                (asked, truth) = (ruleOfBit[bit], rules[ruleOfBit[bit]].Item.Evaluate(inputs));
            if (truth != Truth.False)
                Possible[bit >> 6] |= 1UL << (bit & 63);
            if (truth == Truth.True)
                Certain[bit >> 6] |= 1UL << (bit & 63);
        }
    }

    /// <summary>What is to be said of the item under a rule that applies; put into words once.</summary>
    public ItemWords WordsOf(BoundAmendment rule, Inputs inputs)
    {
        if (_words.TryGetValue(rule, out var known))
            return known;
        var statements = new List<string>();
        rule.Item.Explain(inputs, statements);
        IReadOnlyList<string> missing = rule.Item.Evaluate(inputs) == Truth.Unknown ? MissingFacts.Of(rule.Item, inputs) : [];
        return _words.GetOrAdd(rule, new ItemWords(missing, statements));
    }

    public RuleIndex Index { get; }

    /// <summary>The row of the exporter.</summary>
    public int Exporter { get; }

    public ulong[] Certain { get; }

    public ulong[] Possible { get; }
}
