namespace OrderTracking.ComplianceService.Rules.Parsing;

/// <summary>Enum members as texts write them: UPPER_SNAKE (or lower case for certainties), nothing else.</summary>
internal static class Codes
{
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
