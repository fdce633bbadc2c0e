using Microsoft.Extensions.Configuration;

namespace OrderTracking.BuildingBlocks.Hosting;

/// <summary>What a process takes at once, under <c>Grpc:Limits</c>. Everything has a limit; the unit is in its name.</summary>
public sealed record GrpcLimitsOptions
{
    /// <summary>The deadline of a unary call between services that brings none of its own, in seconds.</summary>
    public const int ServiceCallSeconds = 10;

    private const string Section = "Grpc:Limits";
    private const int KibiByte = 1024;
    private const int MebiByte = 1024 * KibiByte;
    private const int SecondsADay = 86_400;

    /// <summary>The largest message that is received, in bytes; decompressed where it came compressed.</summary>
    public int ReceivedMessageBytesMax { get; init; } = 4 * MebiByte;

    /// <summary>
    /// Bytes of the messages of all calls under way; a compressed one counts as what it may become, a stream of messages as the largest.
    /// Parsed, they can take fifty times as much.
    /// </summary>
    public int MessageBytesHeldMax { get; init; } = 32 * MebiByte;

    /// <summary>The largest message that is sent, in bytes: a page of the largest size fits.</summary>
    public int SentMessageBytesMax { get; init; } = 16 * MebiByte;

    /// <summary>Names and values of a call's headers together, in bytes. A token is the largest of them.</summary>
    public int HeaderBytesMax { get; init; } = 32 * KibiByte;

    /// <summary>Open connections of the process.</summary>
    public int ConnectionsMax { get; init; } = 2_000;

    /// <summary>Concurrent calls on one connection; clients open another one or wait.</summary>
    public int StreamsPerConnectionMax { get; init; } = 1_000;

    /// <summary>Concurrent calls of the process, open streams among them.</summary>
    public int ConcurrentCallsMax { get; init; } = 5_000;

    /// <summary>Open streams of one caller, such as watches.</summary>
    public int StreamsPerCallerMax { get; init; } = 100;

    /// <summary>Calls a second of one caller, by the subject of its token.</summary>
    public int CallsPerSecondMax { get; init; } = 5_000;

    /// <summary>Calls a second of everybody without a token at one address.</summary>
    public int AnonymousCallsPerSecondMax { get; init; } = 200;

    /// <summary>Calls a second of another service of the system: it answers for many callers.</summary>
    public int ServiceCallsPerSecondMax { get; init; } = 20_000;

    /// <summary>For how many seconds a caller may save up calls it did not make.</summary>
    public int BurstSeconds { get; init; } = 2;

    /// <summary>Callers that are counted apart; further ones share one count until one of these has been idle.</summary>
    public int CallersCountedMax { get; init; } = 10_000;

    /// <summary>The deadline of a unary call that brings none, in seconds.</summary>
    public int DefaultDeadlineSeconds { get; init; } = 30;

    /// <summary>The longest deadline of a unary call, in seconds; a longer one is cut to it.</summary>
    public int DeadlineSecondsMax { get; init; } = 300;

    /// <summary>How long a call's headers may take to come, in seconds.</summary>
    public int HeadersSecondsMax { get; init; } = 15;

    /// <summary>After how many silent seconds the server asks a connection whether it is still there.</summary>
    public int KeepAlivePingSeconds { get; init; } = 60;

    /// <summary>How long it waits for the answer, in seconds, before it closes the connection.</summary>
    public int KeepAliveTimeoutSeconds { get; init; } = 20;

    /// <summary>After how many seconds without a call a connection is closed.</summary>
    public int IdleConnectionSeconds { get; init; } = 600;

    /// <summary>Reads <c>Grpc:Limits:{name of the property}</c>.</summary>
    public static GrpcLimitsOptions From(IConfiguration configuration)
    {
        var limits = new GrpcLimitsOptions();
        return configuration.GetSection(Section) is var section && section.Exists() ? Read(section, limits) : limits;
    }

    /// <summary>Refuses what is no number, names no limit, or could not work.</summary>
    /// <exception cref="InvalidOperationException">With the setting, its value and what is allowed.</exception>
    public void Check()
    {
        foreach (var (name, value, lowest, highest) in Ranges())
            if (value < lowest || value > highest)
                throw Wrong(name, FormattableString.Invariant($"{value}"), FormattableString.Invariant($"{lowest:N0} to {highest:N0}"));
        if (DefaultDeadlineSeconds > DeadlineSecondsMax)
            throw Wrong(
                nameof(DefaultDeadlineSeconds), FormattableString.Invariant($"{DefaultDeadlineSeconds}"),
                FormattableString.Invariant($"at most {nameof(DeadlineSecondsMax)}, {DeadlineSecondsMax}"));
    }

    // A chunk of a screening list, 1 MiB, must fit into a message, and a token into headers.
    private IEnumerable<(string Name, int Value, int Lowest, int Highest)> Ranges() =>
    [
        (nameof(ReceivedMessageBytesMax), ReceivedMessageBytesMax, MebiByte + (64 * KibiByte), 64 * MebiByte),
        (nameof(MessageBytesHeldMax), MessageBytesHeldMax, ReceivedMessageBytesMax, 1024 * MebiByte),
        (nameof(SentMessageBytesMax), SentMessageBytesMax, 4 * MebiByte, 64 * MebiByte),
        (nameof(HeaderBytesMax), HeaderBytesMax, 4 * KibiByte, MebiByte),
        (nameof(ConnectionsMax), ConnectionsMax, 1, 1_000_000),
        (nameof(StreamsPerConnectionMax), StreamsPerConnectionMax, 1, 100_000),
        (nameof(ConcurrentCallsMax), ConcurrentCallsMax, 1, 1_000_000),
        (nameof(StreamsPerCallerMax), StreamsPerCallerMax, 1, 1_000_000),
        (nameof(CallsPerSecondMax), CallsPerSecondMax, 1, 1_000_000),
        (nameof(AnonymousCallsPerSecondMax), AnonymousCallsPerSecondMax, 1, 1_000_000),
        (nameof(ServiceCallsPerSecondMax), ServiceCallsPerSecondMax, 1, 1_000_000),
        (nameof(BurstSeconds), BurstSeconds, 1, 60),
        (nameof(CallersCountedMax), CallersCountedMax, 1, 1_000_000),
        (nameof(DefaultDeadlineSeconds), DefaultDeadlineSeconds, 1, SecondsADay),
        (nameof(DeadlineSecondsMax), DeadlineSecondsMax, 1, SecondsADay),
        (nameof(HeadersSecondsMax), HeadersSecondsMax, 1, 300),
        (nameof(KeepAlivePingSeconds), KeepAlivePingSeconds, 1, SecondsADay),
        (nameof(KeepAliveTimeoutSeconds), KeepAliveTimeoutSeconds, 1, 300),
        (nameof(IdleConnectionSeconds), IdleConnectionSeconds, 1, SecondsADay),
    ];

    // A limit that is misspelt would leave its default in force: worse than one that is refused.
    private static GrpcLimitsOptions Read(IConfigurationSection section, GrpcLimitsOptions limits)
    {
        var known = limits.Ranges().Select(range => range.Name).ToList();
        foreach (var setting in section.GetChildren())
        {
            if (!known.Contains(setting.Key, StringComparer.OrdinalIgnoreCase))
                throw Wrong(setting.Key, setting.Value, "only these limits: " + string.Join(", ", known));
            if (!int.TryParse(setting.Value, System.Globalization.CultureInfo.InvariantCulture, out _))
                throw Wrong(setting.Key, setting.Value, "a whole number");
        }

        section.Bind(limits);
        return limits;
    }

    private static InvalidOperationException Wrong(string name, string? value, string allowed) =>
        new($"{Section}:{name} is '{value}'; allowed is {allowed}.");
}
