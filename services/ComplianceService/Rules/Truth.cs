namespace OrderTracking.ComplianceService.Rules;

/// <summary>Kleene's three values, ordered so that AND is the least and OR the greatest.</summary>
internal enum Truth
{
    False = 0,
    Unknown = 1,
    True = 2,
}

internal static class Kleene
{
    public static Truth And(Truth a, Truth b) => a < b ? a : b;

    public static Truth Or(Truth a, Truth b) => a > b ? a : b;

    public static Truth Not(Truth a) => (Truth)(2 - (int)a);

    public static Truth Of(bool value) => value ? Truth.True : Truth.False;
}
