using System.Collections.Frozen;

namespace OrderTracking.Wire;

/// <summary>The currencies of ISO 4217 and how many decimal digits each counts. Metals, test codes and the like are none.</summary>
public static class Currencies
{
    private const string NoDigits = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF";

    private const string TwoDigits = """
        AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW CNY COP COU
        CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS
        KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB
        PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD
        TZS UAH USD USN UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG
        """;

    private const string ThreeDigits = "BHD IQD JOD KWD LYD OMR TND";
    private const string FourDigits = "CLF UYW";
    private static readonly char[] Blanks = [' ', '\r', '\n'];

    private static readonly FrozenDictionary<string, int> Digits = With(0, NoDigits)
        .Concat(With(2, TwoDigits))
        .Concat(With(3, ThreeDigits))
        .Concat(With(4, FourDigits))
        .ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Decimal digits of a currency, 0 to 4: 2 for USD, 0 for JPY. Null if <paramref name="code"/> is no currency.</summary>
    public static int? MinorDigits(string code) => Digits.TryGetValue(code, out var digits) ? digits : null;

    private static IEnumerable<KeyValuePair<string, int>> With(int digits, string codes) =>
        codes.Split(Blanks, StringSplitOptions.RemoveEmptyEntries).Select(code => KeyValuePair.Create(code, digits));
}
