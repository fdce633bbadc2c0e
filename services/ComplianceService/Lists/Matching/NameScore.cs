namespace OrderTracking.ComplianceService.Lists.Matching;

/// <summary>How alike two names are, in thousandths: each word is paired once, in any order, and counts by its weight.</summary>
internal static class NameScore
{
    /// <summary>Run together, names are compared only where a blank is more or less: else every wrong letter would be weighed down.</summary>
    public static int Of(NameKey a, NameKey b) =>
        a.Words.Length == b.Words.Length ? OfWords(a, b) : Math.Max(OfWords(a, b), WordScore.OfGlued(a.Glued, b.Glued));

    private static int OfWords(NameKey a, NameKey b)
    {
        if (a.Weight + b.Weight == 0)
            return 0;
        var pairs = new List<(int Score, int Weight, int A, int B)>();
        for (var i = 0; i < a.Words.Length; i++)
            for (var j = 0; j < b.Words.Length; j++)
                if (WordScore.Of(a.Words[i], b.Words[j]) is var score and > 0)
                    pairs.Add((score, a.Words[i].Weight + b.Words[j].Weight, i, j));
        // The best pairs first; of two equal ones the heavier, then the earlier.
        pairs.Sort(static (x, y) => (y.Score, y.Weight, x.A, x.B).CompareTo((x.Score, x.Weight, y.A, y.B)));
        ulong takenA = 0, takenB = 0;
        var sum = 0;
        foreach (var pair in pairs)
        {
            if ((takenA & (1UL << pair.A)) != 0 || (takenB & (1UL << pair.B)) != 0)
                continue;
            takenA |= 1UL << pair.A;
            takenB |= 1UL << pair.B;
            sum += pair.Score * pair.Weight;
        }

        return sum / (a.Weight + b.Weight);
    }
}
