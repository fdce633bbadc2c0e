using OrderTracking.BuildingBlocks.Data;

namespace OrderTracking.BuildingBlocks.Leasing;

/// <summary>A lease as it was taken: the right to do one piece of work while nobody else has taken it.</summary>
/// <param name="Name">The work, such as <c>recheck</c>.</param>
/// <param name="Owner">The process that has it.</param>
/// <param name="Fence">Higher than that of every lease taken before. Transactions of the work compare it.</param>
public sealed record Lease(string Name, string Owner, long Fence);

/// <summary>How long leases last.</summary>
public sealed record LeaseOptions
{
    /// <summary>How long a lease outlives its holder; a holder renews it three times in this time.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How often a process that waits for a lease looks whether it is free.</summary>
    public TimeSpan LookInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>What the ends of leases are told by: the machine's clock, be the clock of business a simulated one.</summary>
    public TimeProvider Clock { get; init; } = MicrosecondClock.Machine;
}
