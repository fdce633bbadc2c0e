using OrderTracking.ComplianceService.Screening;

namespace OrderTracking.ComplianceService.Rules.Parsing;

/// <summary>Enum members as texts write them: UPPER_SNAKE, certainties in lower case, nothing else.</summary>
internal static class Codes
{
    public const string Certainties = "confirmed, secondary, recalled, unconfirmed";

    public static Certainty? FindCertainty(string code) => code switch
    {
        "confirmed" => Certainty.Confirmed,
        "secondary" => Certainty.Secondary,
        "recalled" => Certainty.Recalled,
        "unconfirmed" => Certainty.Unconfirmed,
        _ => null,
    };

    public static T? Find<T>(string code)
        where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
            if (Canonical.Code(value.ToString()) == code)
                return value;
        return null;
    }

    public static string List<T>()
        where T : struct, Enum =>
        string.Join(", ", Enum.GetValues<T>().Select(value => Canonical.Code(value.ToString())));
}
