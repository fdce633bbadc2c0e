using Microsoft.Extensions.Configuration;

namespace OrderTracking.BuildingBlocks.Messaging.RabbitMq;

/// <summary>The broker, and how much is under way to and from it at once.</summary>
public sealed record RabbitMqOptions
{
    private const string Section = "Messaging:RabbitMq";
    private const int PrefixCharactersMax = 64;

    /// <summary>The largest number of unacknowledged messages RabbitMQ counts for a consumer.</summary>
    private const int PrefetchLimit = 10_000;

    private static readonly IReadOnlyList<string> Schemes = ["amqp", "amqps"];

    /// <summary>Where the broker is: <c>amqp[s]://host[:port][/vhost]</c>; <c>amqps</c> is TLS.</summary>
    public string Address { get; init; } = "amqp://127.0.0.1:5672/";

    /// <summary>The broker's user.</summary>
    public string User { get; init; } = "guest";

    /// <summary>The user's password, unless <see cref="PasswordFile"/> names where it is.</summary>
    public string? Password { get; init; }

    /// <summary>A file with the password. It is read at every connection, so that a changed secret needs no restart.</summary>
    public string? PasswordFile { get; init; }

    /// <summary>A file with the PEM certificates that may sign the broker's, beside those the machine trusts.</summary>
    public string? AuthorityFile { get; init; }

    /// <summary>What the names of all queues and exchanges begin with, so that several systems may share a virtual host.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>How many events of a queue a process holds and works on at once.</summary>
    public int PrefetchMax { get; init; } = 128;

    /// <summary>How many events of a database are sent to the broker and not confirmed yet.</summary>
    public int UnconfirmedEventsMax { get; init; } = 500;

    /// <summary>How often a connection proves that it lives. Two missed ones end it.</summary>
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long an event is held while its database is away, before it goes back to the broker to be delivered again. Less than the
    /// broker's <c>consumer_timeout</c> (30 minutes unless configured), which would end the channel.
    /// </summary>
    public TimeSpan HoldMax { get; init; } = TimeSpan.FromMinutes(10);

    internal Uri Uri => new(Address);

    internal string Host => Uri.Host;

    internal int Port => Uri.IsDefaultPort || Uri.Port < 0 ? (IsTls ? 5671 : 5672) : Uri.Port;

    internal bool IsTls => Uri.Scheme == "amqps";

    internal string VirtualHost => Uri.AbsolutePath.Length <= 1 ? "/" : Uri.UnescapeDataString(Uri.AbsolutePath[1..]);

    /// <summary>Reads the section <c>Messaging:RabbitMq</c>.</summary>
    public static RabbitMqOptions From(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        var options = new RabbitMqOptions();
        return options with
        {
            Address = section[nameof(Address)] ?? options.Address,
            User = section[nameof(User)] ?? options.User,
            Password = section[nameof(Password)],
            PasswordFile = section[nameof(PasswordFile)],
            AuthorityFile = section[nameof(AuthorityFile)],
            Prefix = section[nameof(Prefix)] ?? options.Prefix,
            PrefetchMax = section.GetValue(nameof(PrefetchMax), options.PrefetchMax),
            UnconfirmedEventsMax = section.GetValue(nameof(UnconfirmedEventsMax), options.UnconfirmedEventsMax),
            Heartbeat = section.GetValue(nameof(Heartbeat), options.Heartbeat),
            HoldMax = section.GetValue(nameof(HoldMax), options.HoldMax),
        };
    }

    /// <summary>Refuses what cannot work, all of it at once.</summary>
    /// <exception cref="InvalidOperationException">With each setting, its value and what is allowed.</exception>
    public void Check()
    {
        var errors = Errors().ToList();
        if (errors.Count > 0)
            throw new InvalidOperationException(string.Join(" ", errors));
    }

    /// <summary>The password as it is now.</summary>
    internal string CurrentPassword() => PasswordFile is null ? Password! : File.ReadAllText(PasswordFile).TrimEnd('\r', '\n');

    private IEnumerable<string> Errors()
    {
        if (!Uri.TryCreate(Address, UriKind.Absolute, out var uri) || !Schemes.Contains(uri.Scheme) || uri.Host.Length == 0)
            yield return $"{Section}:{nameof(Address)} is '{Address}'; allowed is amqp://host[:port][/vhost], or amqps:// for TLS.";
        else if (uri.UserInfo.Length > 0)
            yield return $"{Section}:{nameof(Address)} holds a user; give {Section}:{nameof(User)} and {Section}:{nameof(PasswordFile)} instead.";
        if (User.Length == 0)
            yield return $"{Section}:{nameof(User)} is empty; the broker's user is needed.";
        if (Password is null == PasswordFile is null)
            yield return $"{Section}:{nameof(Password)} and {Section}:{nameof(PasswordFile)}: one of them is needed, and not both.";
        if (PasswordFile is not null && !File.Exists(PasswordFile))
            yield return $"{Section}:{nameof(PasswordFile)} is '{PasswordFile}'; there is no such file.";
        if (AuthorityFile is not null && !File.Exists(AuthorityFile))
            yield return $"{Section}:{nameof(AuthorityFile)} is '{AuthorityFile}'; there is no such file.";
        if (Prefix.Length > PrefixCharactersMax || !Prefix.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.'))
            yield return $"{Section}:{nameof(Prefix)} is '{Prefix}'; allowed are up to {PrefixCharactersMax} letters, digits, '-', '_' and '.'.";
        if (PrefetchMax is < 1 or > PrefetchLimit)
            yield return $"{Section}:{nameof(PrefetchMax)} is {PrefetchMax}; allowed is 1 to {PrefetchLimit}.";
        if (UnconfirmedEventsMax is < 1 or > PrefetchLimit)
            yield return $"{Section}:{nameof(UnconfirmedEventsMax)} is {UnconfirmedEventsMax}; allowed is 1 to {PrefetchLimit}.";
        if (Heartbeat < TimeSpan.FromSeconds(1) || Heartbeat > TimeSpan.FromMinutes(1))
            yield return $"{Section}:{nameof(Heartbeat)} is {Heartbeat}; allowed is 00:00:01 to 00:01:00.";
        if (HoldMax < TimeSpan.FromSeconds(1) || HoldMax > TimeSpan.FromMinutes(25))
            yield return $"{Section}:{nameof(HoldMax)} is {HoldMax}; allowed is 00:00:01 to 00:25:00.";
    }
}
