using System.Collections.Frozen;

namespace OrderTracking.ComplianceService.Lists.Matching;

/// <summary>
/// Words that tell companies apart little or not at all. The tables are fixed and not counted from a list, so that the score of a name
/// and an entry never depends on what else is listed.
/// </summary>
internal static class CompanyWords
{
    public const int WeightFull = 10;
    public const int WeightGeneric = 4;
    public const int WeightStop = 1;

    private static readonly FrozenSet<string> LegalForms = Words("""
        joint stock co company corp corporation inc incorporated ltd limited llc llp lp plc pte pty pvt private gmbh mbh ag kg kgaa ug ohg sa sas sarl
        srl spa snc sl bv nv ab as asa oy oyj aps kft zrt doo dd ad ead eood sro spol jsc ojsc cjsc pjsc ooo oao zao pao ao aozt tov pao
        fze fzco fzc fzllc llp wll bsc saog saoc sal sdn bhd berhad kk yk gk tbk pt cv ltda eirl cia anonim sirketi sti tic as limitada
        """);

    private static readonly string[][] LegalPhrases =
    [
        ["open", "joint", "stock", "company"], ["closed", "joint", "stock", "company"], ["public", "joint", "stock", "company"],
        ["private", "joint", "stock", "company"], ["joint", "stock", "company"], ["limited", "liability", "company"],
        ["limited", "liability", "partnership"], ["free", "zone", "establishment"], ["free", "zone", "company"],
        ["aktsionernoe", "obshchestvo"], ["publichnoe", "aktsionernoe", "obshchestvo"], ["sociedad", "anonima"], ["societe", "anonyme"],
    ];

    private static readonly FrozenSet<string> Stops = Words("""
        the of and for in at de la le les el al los las da do dos du des der die das und y e et a o bin ibn van von zu no number
        """);

    private static readonly FrozenSet<string> Generic = Words("""
        international trading trade general group holding technology industry electronic import export commercial business enterprise
        engineering science research institute university center development manufacturing production equipment system service solution
        product material machinery machine computer communication information network software semiconductor power energy oil gas petroleum
        chemical marine shipping transport logistics aviation aerospace airline construction building investment financial bank
        insurance management consulting global world new national state federal central middle north south east west northern southern
        eastern western china chinese russia russian iran iranian hong kong beijing shanghai shenzhen moskva dubai design laboratory bureau
        factory plant works supply supplier instrument automation precision digital data smart intelligent medical agency office
        organization association foundation school college academy department ministry store market open closed public
        """);

    private static readonly FrozenDictionary<string, string> Same = Pairs("""
        technologies technology tech technology tekhnologii technology industries industry industrial industry ind industry
        electronics electronic electron electronic imports import importing import imp import exports export exporting export exp export
        intl international internat international mfg manufacturing manufacture manufacturing manufacturer manufacturing inst institute
        instituto institute institut institute univ university universitet university universidad university centre center tsentr center
        holdings holding groups group sciences science scientific science nauchno science systems system services service solutions solution
        products product materials material computers computer communications communication telecommunications telecom
        telecommunication telecom engineers engineering eng engineering engg engineering enterprises enterprise devt development
        dev development logistic logistics trades trade traders trading laboratories laboratory labs laboratory lab laboratory
        airlines airline instruments instrument networks network banks bank bros brothers mr mister rossiiskaya russia rossii russia
        kitai china svyazi communication zavod factory fabrika factory bankovskii bank
        """);

    // A word of the tables with one letter wrong is that word: else it would weigh more than the right one.
    private const int MendedLettersMin = 6;
    private static readonly string[] Mended = [.. LegalForms.Concat(Generic).Concat(Same.Keys).Where(word => word.Length >= MendedLettersMin).Distinct().Order(StringComparer.Ordinal)];
    private static readonly FrozenSet<string> MendedSet = Mended.ToFrozenSet(StringComparer.Ordinal);
    private static readonly TrigramIndex MendedNear = new(Mended);

    public static string Canonical(string word) => Same.GetValueOrDefault(word, word);

    /// <summary>The word of the tables that this one is a misspelling of, or the word itself.</summary>
    public static string Mend(string word)
    {
        if (word.Length < MendedLettersMin || MendedSet.Contains(word))
            return word;
        var near = new List<int>();
        MendedNear.Near(word, near);
        return near.Select(at => Mended[at]).FirstOrDefault(known => WordScore.EditsBetween(word, known) == 1) ?? word;
    }

    public static bool IsLegalForm(string word) => LegalForms.Contains(word);

    /// <summary>How many words from here on are one legal form; 0: none.</summary>
    public static int LegalPhrase(IReadOnlyList<string> words, int at)
    {
        foreach (var phrase in LegalPhrases)
            if (at + phrase.Length <= words.Count && phrase.Index().All(word => words[at + word.Index] == word.Item))
                return phrase.Length;
        return 0;
    }

    public static int WeightOf(string word) =>
        Stops.Contains(word) || word.Length == 1 ? WeightStop : Generic.Contains(word) ? WeightGeneric : WeightFull;

    private static string[] Split(string table) => table.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);

    private static FrozenSet<string> Words(string table) => Split(table).ToFrozenSet(StringComparer.Ordinal);

    private static FrozenDictionary<string, string> Pairs(string table)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in Split(table).Chunk(2))
            found.TryAdd(pair[0], pair[1]);
        return found.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
