namespace OrderTracking.ComplianceService.Screening;

/// <summary>Countries as the rules read them: ISO 3166-1 alpha-2, officially assigned codes, upper case.</summary>
internal static class Countries
{
    public static bool IsKnown(string? code) => code is not null && Wire.Countries.IsKnown(code);

    /// <summary>
    /// The country the rules read: Hong Kong is read as China, in the engine only. Macau stays Macau.
    /// </summary>
    public static string ReadByRules(string code) => code == "HK" ? "CN" : code;
}

/// <summary>A set of countries as bits; membership is one shift.</summary>
internal sealed class CountrySet
{
    /// <summary>Indexes are below this.</summary>
    public const int Size = Letters * Letters;

    private const int Letters = 26;
    private readonly ulong[] bits = new ulong[(Size + 63) / 64];

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
