using Microsoft.Extensions.Configuration;
using OrderTracking.BuildingBlocks.Messaging.RabbitMq;

namespace OrderTracking.BuildingBlocks.Messaging;

/// <summary>How events travel.</summary>
public sealed record MessagingOptions
{
    /// <summary>Within one process.</summary>
    public const string InMemory = "InMemory";

    /// <summary>Between processes, through the broker of <see cref="RabbitMq"/>.</summary>
    public const string RabbitMqTransport = "RabbitMq";

    /// <summary>The transport: <c>InMemory</c> or <c>RabbitMq</c>.</summary>
    public string Transport { get; init; } = InMemory;

    /// <summary>The broker, where one is used.</summary>
    public RabbitMqOptions RabbitMq { get; init; } = new();

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

    /// <summary>How long an event is one process's to publish. Not confirmed by then, it is anybody's again.</summary>
    public TimeSpan ClaimLease { get; init; } = TimeSpan.FromSeconds(15);

    internal bool UsesBroker => Transport == RabbitMqTransport;

    /// <summary>Reads <c>Messaging:Transport</c> and the section <c>Messaging:RabbitMq</c>.</summary>
    public static MessagingOptions From(IConfiguration configuration) => new()
    {
        Transport = configuration["Messaging:Transport"] ?? InMemory,
        RabbitMq = RabbitMqOptions.From(configuration),
    };

    /// <summary>Refuses a transport there is not, and settings of the broker that cannot work.</summary>
    /// <exception cref="InvalidOperationException">With the setting, its value and what is allowed.</exception>
    public void Check()
    {
        if (Transport is not (InMemory or RabbitMqTransport))
            throw new InvalidOperationException($"Messaging:Transport is '{Transport}'; allowed are '{InMemory}' and '{RabbitMqTransport}'.");
        if (UsesBroker)
            RabbitMq.Check();
    }
}
