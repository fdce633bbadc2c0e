namespace OrderTracking.BuildingBlocks.Jobs;

/// <summary>How long work is run.</summary>
public sealed record JobOptions
{
    /// <summary>For how long a runner has what it claimed; it renews the claim three times in this time.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often a runner looks for work it was not woken for.</summary>
    public TimeSpan LookInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How many jobs of one database a process runs at a time.</summary>
    public int RunningMax { get; init; } = 2;

    /// <summary>How many unfinished jobs a database holds; one more is refused with OPERATIONS_QUEUE_FULL.</summary>
    public int UnfinishedMax { get; init; } = 1_000;

    /// <summary>How often a job may be claimed without getting any further before it is given up with OPERATION_GIVEN_UP.</summary>
    public int ClaimsWithoutProgressMax { get; init; } = 5;

    /// <summary>How long a stopping process waits for its jobs to notice.</summary>
    public TimeSpan StopPatience { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How long one call of WaitOperation waits at most.</summary>
    public TimeSpan WaitMax { get; init; } = TimeSpan.FromSeconds(60);
}
