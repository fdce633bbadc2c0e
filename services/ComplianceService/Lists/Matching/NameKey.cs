using System.Collections.Immutable;

namespace OrderTracking.ComplianceService.Lists.Matching;

/// <summary>A word of a name: as written, and with the spellings of one sound folded into one.</summary>
internal readonly record struct NameWord(string Text, string Folded, int Weight);

/// <summary>A name as it is compared: its words without legal forms, in any order, and the words run together.</summary>
internal sealed class NameKey
{
    // Above this a name is no name; the rest would only cost time.
    private const int WordsMax = 24;

    private NameKey(string name, ImmutableArray<NameWord> words)
    {
        Name = name;
        Words = words;
        Weight = words.Sum(word => word.Weight);
        Glued = string.Concat(words.Select(word => word.Text));
    }

    public string Name { get; }

    public ImmutableArray<NameWord> Words { get; }

    /// <summary>Of all words together.</summary>
    public int Weight { get; }

    public string Glued { get; }

    public static NameKey Of(string name)
    {
        var words = WithoutLegalForms([.. WordsOf(name).Select(CompanyWords.Mend)]);
        return new NameKey(name, [.. words.Take(WordsMax).Select(word => new NameWord(word, Transliteration.Fold(word), CompanyWords.WeightOf(word)))]);
    }

    /// <summary>A name without regard to case, marks, punctuation and blanks, and nothing else: what a clearance is bound to.</summary>
    public static string Strict(string name) => KeyText.Fit(string.Join(' ', WordsOf(name)));

    /// <summary>Whether the name can be compared with listed ones at all.</summary>
    public static bool IsReadable(string name) => !Transliteration.HasUnreadableLetters(name) && WordsOf(name).Count > 0;

    private static List<string> WordsOf(string name)
    {
        var words = new List<string>();
        var single = "";
        foreach (var word in Transliteration.Latin(name).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            // S.A.R.L. is one word.
            if (word.Length == 1 && char.IsAsciiLetter(word[0]))
            {
                single += word;
                continue;
            }

            if (single.Length > 0)
                words.Add(single);
            single = "";
            words.Add(word);
        }

        if (single.Length > 0)
            words.Add(single);
        return words;
    }

    private static List<string> WithoutLegalForms(List<string> words)
    {
        var kept = new List<string>(words.Count);
        for (var i = 0; i < words.Count; i++)
        {
            if (CompanyWords.LegalPhrase(words, i) is var phrase and > 0)
                i += phrase - 1;
            else if (!CompanyWords.IsLegalForm(words[i]))
                kept.Add(CompanyWords.Canonical(words[i]));
        }

        return kept.Count > 0 ? kept : words;
    }
}
