namespace OrderTracking.BuildingBlocks.Hosting;

/// <summary>
/// The command line of a service's own process, understood. An option there is not is refused, so that a typing error cannot pass for
/// a default.
/// </summary>
public sealed record ProcessArguments
{
    private const string Migrate = "--migrate";
    private const string Help = "--help";

    private static readonly Dictionary<string, string> ShortNames = new(StringComparer.Ordinal)
    {
        ["--port"] = "Grpc:Port", ["--address"] = "Grpc:Address", ["--data"] = "Storage:DataDirectory",
    };

    // What every process of this library reads.
    private static readonly string[] SectionsKnown =
        ["Grpc:", "Storage:", "ConnectionStrings:", "Messaging:", "Security:", "Services:", "Telemetry:", "Logging:", "Development:"];

    /// <summary>What a user reads of the options.</summary>
    public const string Usage = """
        Runs one service of OrderTracking as a process of its own.

          --port PORT             gRPC port, default 5080; 0 takes a free one
          --address ADDRESS       address to listen on, default 127.0.0.1
          --data DIRECTORY        where SQLite files and the token key are, default data
          --migrate               bring the service's database up to date, make it where it is missing, and end
          --Section:Key=VALUE     any setting of the README's configuration table
          --health [live]         ask the process that runs with these settings whether it is ready (or alive): ends with 0 or 1
          --help                  this text
        """;

    /// <summary>Migrate and end.</summary>
    public bool IsMigration { get; private init; }

    /// <summary>Explain the options and end.</summary>
    public bool IsHelp { get; private init; }

    /// <summary>Settings given as options; they win over the environment and appsettings.json.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; private init; } = new Dictionary<string, string?>();

    /// <summary>Understands the arguments.</summary>
    /// <param name="args">As the process got them.</param>
    /// <param name="sections">What the service reads besides what every process does, such as <c>Orders:</c>.</param>
    /// <exception cref="ArgumentException">With what is wrong.</exception>
    public static ProcessArguments Parse(IReadOnlyList<string> args, params IReadOnlyList<string> sections)
    {
        var (isMigration, isHelp) = (false, false);
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        var words = new Queue<string>(args);
        while (words.TryDequeue(out var word))
        {
            if (word is Migrate)
                isMigration = true;
            else if (word is Help or "-h")
                isHelp = true;
            else
                Add(settings, word, words, sections);
        }

        return new ProcessArguments { IsMigration = isMigration, IsHelp = isHelp, Settings = settings };
    }

    // A value may follow after a blank or an equals sign.
    private static void Add(Dictionary<string, string?> settings, string word, Queue<string> words, IReadOnlyList<string> sections)
    {
        var parts = word.Split('=', 2);
        var key = ShortNames.GetValueOrDefault(parts[0]) ?? (parts[0].StartsWith("--", StringComparison.Ordinal) ? parts[0][2..] : "");
        if (!SectionsKnown.Concat(sections).Any(section => key.StartsWith(section, StringComparison.OrdinalIgnoreCase)))
            throw new ArgumentException($"There is no option '{parts[0]}'.");
        if (parts.Length == 2)
            settings[key] = parts[1];
        else if (words.TryDequeue(out var value))
            settings[key] = value;
        else
            throw new ArgumentException($"{word} needs a value.");
    }
}
