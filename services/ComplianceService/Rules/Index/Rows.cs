namespace OrderTracking.ComplianceService.Rules.Index;

/// <summary>For each value of a fact the terms it lets through, a bit each.</summary>
internal sealed class Rows
{
    private readonly int _words;
    private readonly ulong[] _bits;

    /// <param name="values">How many values there are, from 0.</param>
    /// <param name="terms">The terms, by bit.</param>
    /// <param name="lets">Whether a value lets a term through.</param>
    public Rows(int values, IReadOnlyList<ScopeTerm> terms, Func<int, ScopeTerm, bool> lets)
    {
        _words = WordsOf(terms.Count);
        _bits = new ulong[values * _words];
        for (var value = 0; value < values; value++)
            for (var bit = 0; bit < terms.Count; bit++)
                if (lets(value, terms[bit]))
                    _bits[value * _words + (bit >> 6)] |= 1UL << (bit & 63);
    }

    public static int WordsOf(int terms) => (terms + 63) / 64;

    public ReadOnlySpan<ulong> Of(int value) => _bits.AsSpan(value * _words, _words);
}
