namespace OrderTracking.ComplianceService;

/// <summary>Whether two names are of one person, wherever a second person is asked for.</summary>
internal static class OnePerson
{
    /// <summary>Whatever roles or tokens a person has, he is one person; so is a name in other letters.</summary>
    public static bool Is(string one, string other) => string.Equals(one.Trim(), other.Trim(), StringComparison.OrdinalIgnoreCase);
}
