using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace OrderTracking.ComplianceService.Lists.Matching;

/// <summary>
/// Names in basic Latin letters: marks taken off, Cyrillic and Greek written as passports write them, and the spellings one name has in
/// Latin letters folded into one. No culture takes part. Other scripts are left out: nobody can say from a table how they are spelt.
/// </summary>
internal static class Transliteration
{
    private static readonly FrozenDictionary<char, string> Letters = Pairs("""
        а a б b в v г g д d е e ё e ж zh з z и i й i к k л l м m н n о o п p р r с s т t у u ф f х kh ц ts ч ch ш sh щ shch ы y э e ю yu я ya
        і i ї i є e ґ g ў u ј j љ lj њ nj ћ c ђ dj џ dz
        α a β v γ g δ d ε e ζ z η i θ th ι i κ k λ l μ m ν n ξ x ο o π p ρ r σ s ς s τ t υ y φ f χ ch ψ ps ω o
        ß ss æ ae œ oe ø o ð d þ th ł l đ d ı i ħ h ŋ n ə e
        """);

    // Names and places written in several ways; the first is the one the others are read as.
    private static readonly FrozenDictionary<string, string> Variants = Groups("""
        muhammad mohammed mohamed mohammad muhammed mohamad mohammod mahomed muhamad mohamet mehmet
        hussein husain hussain hossein husayn hosein hussien
        ahmad ahmed ahmet
        yusuf yousef youssef yousuf yusef yosef yusof
        ibrahim ebrahim ibraheem
        abdul abdel abdal abd abdol
        abdallah abdullah abdulla abdalla
        mahmud mahmoud mahmood
        khalid khaled
        umar omar omer
        uthman osman othman usman
        said saeed sayed sayyid syed saied seyed
        nasir nasser naser
        qasim qasem kasem kassem kasim ghasem
        rashid rasheed rachid
        sulayman suleiman soleiman sulaiman suliman
        aleksandr alexander alexandr aleksander oleksandr
        sergei sergey serguei sergej serhii serhiy
        dmitri dmitry dmitriy dmitrii dmytro
        yuri yury yuriy yurii iuri iurii jurij
        yevgeny evgeny evgeni evgeniy yevgeniy eugeny
        aleksei alexei alexey aleksey oleksiy
        andrei andrey andrej andriy
        nikolai nikolay nikolaj mykola
        vladimir volodymyr wladimir
        mikhail michail mykhailo
        beijing peking pekin
        guangzhou canton kwangchow
        guangdong kwangtung
        qingdao tsingtao
        tianjin tientsin
        chongqing chungking
        nanjing nanking
        sichuan szechuan szechwan
        shaanxi shensi
        fujian fukien
        xian hsian
        qinghua tsinghua
        moskva moscow moskow moskovskii moskovskiy
        sankt saint st
        kyiv kiev
        teheran tehran
        """);

    private static readonly (string From, string To)[] Folds =
    [
        ("shch", "sh"), ("sch", "sh"), ("tch", "ch"), ("kh", "h"), ("zh", "j"), ("dj", "j"), ("ph", "f"), ("ck", "k"), ("ks", "x"),
        ("tz", "ts"), ("ou", "u"), ("oo", "u"), ("ee", "i"), ("ie", "i"), ("yi", "i"), ("ii", "i"), ("iy", "i"), ("ij", "i"), ("ey", "ei"), ("ay", "ai"),
        ("ya", "ia"), ("yu", "iu"), ("w", "v"), ("q", "k"), ("y", "i"), ("j", "zh"),
    ];

    /// <summary>Lower-case basic Latin letters, digits and blanks; everything else parts words.</summary>
    public static string Latin(string name)
    {
        var text = new StringBuilder(name.Length);
        foreach (var letter in name.Normalize(NormalizationForm.FormKD))
        {
            var lower = char.ToLowerInvariant(letter);
            if (char.IsAsciiLetterOrDigit(lower))
                text.Append(lower);
            else if (Letters.TryGetValue(lower, out var latin))
                text.Append(latin);
            else if (!IsDropped(lower))
                text.Append(' ');
        }

        return text.ToString();
    }

    /// <summary>Whether a name has letters that cannot be written in Latin ones here.</summary>
    public static bool HasUnreadableLetters(string name)
    {
        foreach (var letter in name.Normalize(NormalizationForm.FormKD))
            if (char.IsLetter(letter) && !char.IsAsciiLetter(letter) && !Letters.ContainsKey(char.ToLowerInvariant(letter)) && !IsDropped(letter))
                return true;
        return false;
    }

    /// <summary>One spelling for the ways a word is written in Latin letters.</summary>
    public static string Fold(string word)
    {
        // The first spelling of a group is folded like any other word: Khalid, Khaled and Halid are one.
        var folded = new StringBuilder(Variants.GetValueOrDefault(word, word));
        foreach (var (from, to) in Folds)
            folded.Replace(from, to);
        for (var i = folded.Length - 1; i > 0; i--)
            if (folded[i] == folded[i - 1])
                folded.Remove(i, 1);
        return folded.ToString();
    }

    // Marks over letters, apostrophes of every kind, and the Cyrillic signs that are not spoken.
    private static bool IsDropped(char letter) =>
        CharUnicodeInfo.GetUnicodeCategory(letter) is UnicodeCategory.NonSpacingMark or UnicodeCategory.ModifierLetter or UnicodeCategory.Format
        || letter is '\'' or '\u2018' or '\u2019' or '\u00B4' or '`' or 'ъ' or 'ь';

    private static FrozenDictionary<char, string> Pairs(string table)
    {
        var words = table.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);
        return words.Chunk(2).ToFrozenDictionary(pair => pair[0][0], pair => pair[1]);
    }

    private static FrozenDictionary<string, string> Groups(string table)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in table.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var words = line.Split(' ');
            foreach (var word in words)
                found.TryAdd(word, words[0]);
        }

        return found.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
