using OrderTracking.ComplianceService.Screening;

namespace OrderTracking.ComplianceService.Rules.Index;

/// <summary>What the item tests of a day say about one item: a bit a term, certain where the test holds, possible where it is not known not to.</summary>
internal sealed class ItemRow
{
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

    public RuleIndex Index { get; }

    /// <summary>The row of the exporter.</summary>
    public int Exporter { get; }

    public ulong[] Certain { get; }

    public ulong[] Possible { get; }
}
