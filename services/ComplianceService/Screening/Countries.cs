using System.Collections.Frozen;

namespace OrderTracking.ComplianceService.Screening;

/// <summary>ISO 3166-1 alpha-2, officially assigned codes, upper case.</summary>
internal static class Countries
{
    private const string Codes =
        "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF " +
        "CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH " +
        "GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW " +
        "KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG " +
        "NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN " +
        "SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT " +
        "ZA ZM ZW";

    private static readonly FrozenSet<string> Known = Codes.Split(' ').ToFrozenSet(StringComparer.Ordinal);

    public static bool IsKnown(string? code) => code is not null && Known.Contains(code);

    /// <summary>
    /// The country the rules read: Hong Kong is read as China, in the engine only. Macau stays Macau.
    /// </summary>
    public static string ReadByRules(string code) => code == "HK" ? "CN" : code;
}

/// <summary>A set of countries as bits; membership is one shift.</summary>
internal sealed class CountrySet
{
    private const int Letters = 26;
    private readonly ulong[] bits = new ulong[(Letters * Letters + 63) / 64];

    public static int IndexOf(string code) =>
        Countries.IsKnown(code)
            ? (code[0] - 'A') * Letters + (code[1] - 'A')
            : throw new ArgumentException($"'{code}' is not an ISO 3166-1 alpha-2 country code.", nameof(code));

    public void Add(int country) => bits[country >> 6] |= 1UL << (country & 63);

    public void Remove(int country) => bits[country >> 6] &= ~(1UL << (country & 63));

    public void Add(CountrySet other)
    {
        for (var i = 0; i < bits.Length; i++)
            bits[i] |= other.bits[i];
    }

    public void Remove(CountrySet other)
    {
        for (var i = 0; i < bits.Length; i++)
            bits[i] &= ~other.bits[i];
    }

    public bool Contains(int country) => (bits[country >> 6] & (1UL << (country & 63))) != 0;

    public bool Meets(CountrySet other)
    {
        for (var i = 0; i < bits.Length; i++)
            if ((bits[i] & other.bits[i]) != 0)
                return true;
        return false;
    }
}
