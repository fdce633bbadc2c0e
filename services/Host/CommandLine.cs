using System.Globalization;
using OrderTracking.Host.Import;

namespace OrderTracking.Host;

/// <summary>What the host is asked to do.</summary>
internal enum Verb
{
    /// <summary>Run the services.</summary>
    Serve,

    /// <summary>Run the services on a simulated clock and walk the demo.</summary>
    Demo,

    /// <summary>Print a development token.</summary>
    Token,

    /// <summary>Import a list of restricted parties into a host that runs.</summary>
    ImportList,

    /// <summary>Ask the host that runs whether it serves.</summary>
    Health,

    /// <summary>Copy the databases while they are in use.</summary>
    Backup,

    /// <summary>Put a backup into a data directory without databases.</summary>
    Restore,

    /// <summary>Bring the databases up to date and end.</summary>
    Migrate,

    /// <summary>Explain the options.</summary>
    Help,
}

/// <summary>The command line, understood. An option there is not is refused, so that a typing error cannot pass for a default.</summary>
internal sealed record CommandLine
{
    private const int HoursMax = 168;

    private static readonly string[] SettingsKnown =
    [
        "Grpc:Address", "Grpc:Port", "Grpc:HealthPort", "Storage:Provider", "Storage:DataDirectory", "Messaging:Transport", "Security:Mode",
        "Grpc:AllowCleartext",
        "Orders:EtagRequired", "Compliance:StrictEtags", "Compliance:PullForward:WindowDays", "Compliance:PullForward:Percent",
        "Compliance:PullForward:UnitsMin", "Compliance:Screening:Threshold",
        "Development:ClockSkew", "Compliance:Audit:CheckpointEntries", "Compliance:Audit:AnchorFile", "Compliance:Audit:AnchorInterval",
        "Telemetry:PrometheusPort", "Telemetry:PrometheusAddress", "Telemetry:GaugeInterval",
    ];

    private static readonly string[] SectionsKnown =
    [
        "Logging:", "Services:", "Grpc:Limits:", "Grpc:Tls:", "Security:Oidc:", "Security:Service:", "Messaging:RabbitMq:",
        "Storage:SqlServer:", "ConnectionStrings:", "Orders:Stuck:", "Shipments:Stuck:", "Traces:Page:",
    ];

    private static readonly string[] RolesKnown = ["caller", "analyst", "officer", "counsel", "operator", "auditor"];

    private static readonly Dictionary<string, Verb> Commands = new(StringComparer.Ordinal)
    {
        ["token"] = Verb.Token, ["import-list"] = Verb.ImportList, ["backup"] = Verb.Backup, ["restore"] = Verb.Restore,
    };

    private static string RolesAre => $"roles are {string.Join(", ", RolesKnown)}";

    public Verb Verb { get; private init; }

    /// <summary>End after the demo's tables instead of staying up.</summary>
    public bool Exit { get; private init; }

    public string Subject { get; private init; } = "";

    public IReadOnlyList<string> Roles { get; private init; } = [];

    public TimeSpan Lifetime { get; private init; } = TimeSpan.FromHours(8);

    /// <summary>Of <see cref="Verb.Health"/>: the name of the health service; empty: the whole process.</summary>
    public string HealthName { get; private init; } = "";

    /// <summary>Of <see cref="Verb.ImportList"/>.</summary>
    public ImportOptions Import { get; private init; } = new();

    /// <summary>Of <see cref="Verb.Backup"/> and <see cref="Verb.Restore"/>: the directory of the backup.</summary>
    public string BackupDirectory { get; private init; } = "";

    /// <summary>Settings given as options; they win over the environment and appsettings.json.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; private init; } = new Dictionary<string, string?>();

    public const string Usage = """
        Runs OrderTracking's services in one process on the loopback.

          dotnet run --project services/Host [-- OPTIONS]
          dotnet run --project services/Host -- --demo [--exit]
          dotnet run --project services/Host -- token --subject NAME --role ROLE [--role ROLE ...] [--hours 8]
          dotnet run --project services/Host -- import-list --file PATH --as-of DATE --list CSL --subject NAME
          dotnet run --project services/Host -- import-list --url URL --list CSL --subject NAME [--as-of DATE]
          dotnet run --project services/Host -- backup --to DIRECTORY [--data DIRECTORY]
          dotnet run --project services/Host -- restore --from DIRECTORY [--data DIRECTORY]
          dotnet run --project services/Host -- admin --help

        OPTIONS
          --port PORT             gRPC port (cleartext HTTP/2), default 5080; 0 takes a free one
          --address ADDRESS       loopback address to listen on, default 127.0.0.1
          --data DIRECTORY        where the SQLite files and the token key are, default data
          --demo                  walk the demo on a simulated clock and a fresh data directory (data/demo), then stay up
          --exit                  with --demo: end after the tables
          --migrate               bring the databases up to date, make them where they are missing, and end
          --Section:Key=VALUE     any setting of the README's configuration table
          --health [live]         ask the host that runs with these settings whether it is ready (or alive): ends with 0 or 1
          --help                  this text

        ROLES of a token: caller, analyst, officer, counsel, operator, auditor. Hours: 1 to 168.
        Test-grade rules, not legal advice.
        """;

    /// <summary>Understands the arguments.</summary>
    /// <exception cref="UsageException">With what is wrong and what is allowed.</exception>
    public static CommandLine Parse(IReadOnlyList<string> args)
    {
        var words = new Queue<string>(args.SelectMany(Split));
        var line = new CommandLine();
        if (words.TryPeek(out var first) && Commands.TryGetValue(first, out var verb))
        {
            words.Dequeue();
            line = line with { Verb = verb };
        }

        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        while (words.TryDequeue(out var option))
            line = line.With(option, words, settings);
        return (line with { Settings = settings }).Checked();
    }

    /// <summary>The same with one setting more.</summary>
    public CommandLine WithSetting(string key, string value) =>
        this with { Settings = new Dictionary<string, string?>(Settings, StringComparer.OrdinalIgnoreCase) { [key] = value } };

    // A value may follow after a blank or an equals sign.
    private static IEnumerable<string> Split(string argument) =>
        argument.StartsWith("--", StringComparison.Ordinal) && argument.Contains('=', StringComparison.Ordinal)
            ? argument.Split('=', 2)
            : [argument];

    private CommandLine With(string option, Queue<string> words, Dictionary<string, string?> settings)
    {
        string Value() => words.TryDequeue(out var value) ? value : throw new UsageException($"{option} needs a value.");
        if (Verb == Verb.ImportList && Import.With(option, Value) is { } import)
            return this with { Import = import };
        switch (option)
        {
            case "--help" or "-h":
                return this with { Verb = Verb.Help };
            case "--demo":
                return this with { Verb = Verb.Demo };
            case "--migrate":
                return this with { Verb = Verb.Migrate };
            case "--health":
                var named = words.TryPeek(out var word) && !word.StartsWith('-');
                return this with { Verb = Verb.Health, HealthName = named ? words.Dequeue() : "" };
            case "--exit":
                return this with { Exit = true };
            case "--to" when Verb == Verb.Backup:
            case "--from" when Verb == Verb.Restore:
                return this with { BackupDirectory = Value() };
            case "--subject" when Verb == Verb.Token:
                return this with { Subject = Value() };
            case "--role" when Verb == Verb.Token:
                return this with { Roles = [.. Roles, Role(Value())] };
            case "--hours" when Verb == Verb.Token:
                return this with { Lifetime = Hours(Value()) };
            default:
                settings[SettingOf(option)] = Value();
                return this;
        }
    }

    private static string SettingOf(string option) => option switch
    {
        "--port" => "Grpc:Port",
        "--address" => "Grpc:Address",
        "--data" => "Storage:DataDirectory",
        _ when option.StartsWith("--", StringComparison.Ordinal) && IsSetting(option[2..]) => option[2..],
        _ => throw new UsageException($"There is no option '{option}'."),
    };

    private static bool IsSetting(string key) =>
        SettingsKnown.Contains(key, StringComparer.OrdinalIgnoreCase)
        || SectionsKnown.Any(section => key.StartsWith(section, StringComparison.OrdinalIgnoreCase));

    private static string Role(string role) =>
        RolesKnown.Contains(role) ? role : throw new UsageException($"There is no role '{role}'; {RolesAre}.");

    private static TimeSpan Hours(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var hours) && hours is >= 1 and <= HoursMax
            ? TimeSpan.FromHours(hours)
            : throw new UsageException($"--hours is '{text}'; allowed is 1 to {HoursMax}.");

    private CommandLine Checked()
    {
        if (Verb == Verb.ImportList)
            Import.Check();
        return this switch
        {
            { Verb: Verb.Token } when string.IsNullOrWhiteSpace(Subject) => throw new UsageException("token needs --subject NAME."),
            { Verb: Verb.Token, Roles.Count: 0 } => throw new UsageException($"token needs --role ROLE; {RolesAre}."),
            { Verb: Verb.Backup, BackupDirectory: "" } => throw new UsageException("backup needs --to DIRECTORY, one that is not there yet."),
            { Verb: Verb.Restore, BackupDirectory: "" } => throw new UsageException("restore needs --from DIRECTORY, one that backup made."),
            { Exit: true, Verb: not Verb.Demo and not Verb.Help } => throw new UsageException("--exit goes with --demo."),
            _ => this,
        };
    }
}
