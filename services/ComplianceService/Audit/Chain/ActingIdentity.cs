namespace OrderTracking.ComplianceService.Audit.Chain;

/// <summary>Who calls, for records that are written far below the call; compliance itself where nobody does.</summary>
internal static class ActingIdentity
{
    private const string Compliance = "compliance";
    private static readonly AsyncLocal<string?> Caller = new();

    public static string Current => Caller.Value ?? Compliance;

    /// <summary>Names the caller for the rest of its call.</summary>
    public static void Set(string subject) => Caller.Value = subject;
}
