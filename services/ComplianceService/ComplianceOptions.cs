namespace OrderTracking.ComplianceService;

/// <summary>What compliance is told by its configuration.</summary>
internal sealed record ComplianceOptions
{
    /// <summary>Writes on holds and releases refuse a missing etag; <c>Compliance:StrictEtags</c>.</summary>
    public bool StrictEtags { get; init; }

    public static ComplianceOptions From(IConfiguration configuration) =>
        new() { StrictEtags = configuration.GetValue("Compliance:StrictEtags", false) };
}
