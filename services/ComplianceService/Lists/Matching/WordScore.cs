using F23.StringSimilarity;

namespace OrderTracking.ComplianceService.Lists.Matching;

/// <summary>How alike two words are, in thousandths. Whole numbers, so that every machine comes to the same.</summary>
internal static class WordScore
{
    public const int Same = 1000;
    private const int SameSound = 960;
    private const int MisspeltMax = 940;
    private const int GluedLoss = 20;
    private static readonly OptimalStringAlignment Edits = new();
    private static readonly JaroWinkler Likeness = new();

    /// <summary>Letters that may be missing, wrong, too many or swapped before two words are two words.</summary>
    public static int EditsMax(int length) => length switch
    {
        < 4 => 0,
        < 9 => 1,
        < 18 => 2,
        _ => 3,
    };

    public static int Of(NameWord a, NameWord b)
    {
        if (a.Text == b.Text)
            return Same;
        if (a.Folded == b.Folded)
            return SameSound;
        var edits = EditsBetween(a.Text, b.Text);
        return edits < 0 ? 0 : Math.Min(MisspeltMax, (int)Math.Round(Likeness.Similarity(a.Text, b.Text) * Same, MidpointRounding.AwayFromZero));
    }

    /// <summary>Two names with their words run together, so that a blank more or less does not count.</summary>
    public static int OfGlued(string a, string b)
    {
        if (a == b)
            return Same - GluedLoss;
        var edits = EditsBetween(a, b);
        return edits < 0 ? 0 : Same - GluedLoss - (edits * Same / Math.Max(a.Length, b.Length));
    }

    /// <summary>The edits between two words, or -1 when there are more than may be.</summary>
    public static int EditsBetween(string a, string b)
    {
        var most = EditsMax(Math.Min(a.Length, b.Length));
        if (most == 0 || Math.Abs(a.Length - b.Length) > most)
            return -1;
        // A word of four or five letters is another word with another first one: Wang is not Yang.
        if (Math.Min(a.Length, b.Length) < 6 && a[0] != b[0])
            return -1;
        var edits = (int)Edits.Distance(a, b);
        return edits <= most ? edits : -1;
    }
}
