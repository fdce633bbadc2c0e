namespace OrderTracking.ComplianceService.Audit;

/// <summary>What the audit trail is told by the configuration.</summary>
internal sealed record AuditOptions
{
    private const long CheckpointEntriesMax = 1_000_000;
    private static readonly TimeSpan IntervalMin = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan IntervalMax = TimeSpan.FromDays(7);

    /// <summary>Entries after which a checkpoint is made; <c>Compliance:Audit:CheckpointEntries</c>, 1 to 1,000,000.</summary>
    public long CheckpointEntries { get; init; } = 1_024;

    /// <summary>The file the head is written to, outside of what a thief of the database can change; blank: nowhere. <c>Compliance:Audit:AnchorFile</c>.</summary>
    public string AnchorFile { get; init; } = "";

    /// <summary>How often; <c>Compliance:Audit:AnchorInterval</c>, 1 second to 7 days.</summary>
    public TimeSpan AnchorInterval { get; init; } = TimeSpan.FromHours(1);

    /// <exception cref="InvalidOperationException">A setting lies outside of what is allowed.</exception>
    public static AuditOptions From(IConfiguration configuration)
    {
        var defaults = new AuditOptions();
        var options = new AuditOptions
        {
            CheckpointEntries = configuration.GetValue("Compliance:Audit:CheckpointEntries", defaults.CheckpointEntries),
            AnchorFile = configuration["Compliance:Audit:AnchorFile"] ?? "",
            AnchorInterval = configuration.GetValue("Compliance:Audit:AnchorInterval", defaults.AnchorInterval),
        };
        if (options.CheckpointEntries is < 1 or > CheckpointEntriesMax)
            throw new InvalidOperationException(
                $"Compliance:Audit:CheckpointEntries is {options.CheckpointEntries}; allowed is 1 to {CheckpointEntriesMax}.");
        if (options.AnchorInterval < IntervalMin || options.AnchorInterval > IntervalMax)
            throw new InvalidOperationException(
                $"Compliance:Audit:AnchorInterval is {options.AnchorInterval}; allowed is {IntervalMin} to {IntervalMax}.");
        return options;
    }
}
