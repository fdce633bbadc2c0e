namespace OrderTracking.BuildingBlocks.Messaging;

/// <summary>How events travel.</summary>
public sealed record MessagingOptions
{
    /// <summary>The only transport there is in this version.</summary>
    public const string InMemory = "InMemory";

    /// <summary>The transport; <c>InMemory</c>.</summary>
    public string Transport { get; init; } = InMemory;

    /// <summary>How many events a queue's consumers take at the same time; they share commits.</summary>
    public int ConcurrentEventsMax { get; init; } = 256;

    /// <summary>How many events of one database may be published and not yet taken by all their consumers.</summary>
    public int UnacknowledgedEventsMax { get; init; } = 5_000;

    /// <summary>After how long an event that some consumer has not committed is published again.</summary>
    public TimeSpan AcknowledgeTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often the relay looks for events it was not handed, beside its start.</summary>
    public TimeSpan SweepInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often a failing handler is tried at once, before a redelivery is scheduled.</summary>
    public int ImmediateAttempts { get; init; } = 3;

    /// <summary>The waits before each redelivery. After the last one fails the event is a dead letter.</summary>
    public IReadOnlyList<TimeSpan> RedeliveryDelays { get; init; } =
        [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10)];

    /// <summary>How often due redeliveries are looked for.</summary>
    public TimeSpan RedeliveryInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long published events stay in the outbox.</summary>
    public TimeSpan PublishedRetention { get; init; } = TimeSpan.FromDays(1);

    /// <summary>Refuses a transport this version does not have.</summary>
    /// <exception cref="InvalidOperationException">The transport is another than <c>InMemory</c>.</exception>
    public void Check()
    {
        if (Transport != InMemory)
            throw new InvalidOperationException($"Messaging:Transport is '{Transport}'; this version has only '{InMemory}'.");
    }
}
