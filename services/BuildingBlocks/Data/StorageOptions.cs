using System.Globalization;
using Microsoft.Data.SqlClient;
using Microsoft.Extensions.Configuration;

namespace OrderTracking.BuildingBlocks.Data;

/// <summary>Where the databases of a process are.</summary>
public sealed record StorageOptions
{
    /// <summary>A file a database, for processes of one machine.</summary>
    public const string Sqlite = "Sqlite";

    /// <summary>Databases of a server, for processes of several machines.</summary>
    public const string SqlServer = "SqlServer";

    private const string CommandSecondsKey = "Storage:SqlServer:CommandTimeoutSeconds";
    private const string PasswordFileKey = "Storage:SqlServer:PasswordFile";
    private const int CommandSecondsMax = 600;
    private string? _commandSeconds;

    /// <summary>The provider: <see cref="Sqlite"/> or <see cref="SqlServer"/>.</summary>
    public string Provider { get; init; } = Sqlite;

    /// <summary>The directory of the database files, and of what else a process keeps on its machine.</summary>
    public string DataDirectory { get; init; } = "data";

    /// <summary>By the database's name, such as <c>orders</c>, what SQL Server is connected with.</summary>
    public IReadOnlyDictionary<string, string> ConnectionStrings { get; init; } = new Dictionary<string, string>();

    /// <summary>A file with the password that belongs into every connection string; null: they are complete.</summary>
    public string? PasswordFile { get; init; }

    /// <summary>How long a statement may run on SQL Server, and its writer wait for the turn.</summary>
    public TimeSpan CommandTimeout => TimeSpan.FromSeconds(CommandSeconds ?? 0);

    private int? CommandSeconds => _commandSeconds is null
        ? SqlServerOptions.CommandSecondsDefault
        : int.TryParse(_commandSeconds, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds : null;

    /// <summary>Reads <c>Storage:Provider</c>, <c>Storage:DataDirectory</c>, <c>Storage:SqlServer:*</c> and <c>ConnectionStrings:*</c>.</summary>
    public static StorageOptions From(IConfiguration configuration) => new()
    {
        Provider = configuration["Storage:Provider"] ?? Sqlite,
        DataDirectory = configuration["Storage:DataDirectory"] ?? "data",
        ConnectionStrings = configuration.GetSection("ConnectionStrings").GetChildren()
            .Where(child => !string.IsNullOrWhiteSpace(child.Value))
            .ToDictionary(child => child.Key, child => child.Value!, StringComparer.OrdinalIgnoreCase),
        PasswordFile = configuration[PasswordFileKey],
        _commandSeconds = configuration[CommandSecondsKey],
    };

    /// <summary>Refuses what cannot be meant. What a database needs besides is said when it is registered.</summary>
    /// <exception cref="InvalidOperationException">With the setting, its value and what is allowed.</exception>
    public void Check()
    {
        if (Provider is not (Sqlite or SqlServer))
            throw new InvalidOperationException($"Storage:Provider is '{Provider}'; allowed are '{Sqlite}' and '{SqlServer}'.");
        if (CommandSeconds is not (>= 1 and <= CommandSecondsMax))
            throw new InvalidOperationException($"{CommandSecondsKey} is '{_commandSeconds}'; allowed is 1 to {CommandSecondsMax}.");
        if (PasswordFile is not null && !File.Exists(PasswordFile))
            throw new InvalidOperationException($"{PasswordFileKey} is '{PasswordFile}'; allowed is a file that is there and holds the password.");
        if (Provider == SqlServer && ConnectionStrings.Count == 0)
            throw new InvalidOperationException("Storage:Provider is 'SqlServer'; then ConnectionStrings:{name} must name the server of each database of this process.");
    }

    /// <summary>What a database is opened with.</summary>
    /// <param name="name">Its name, such as <c>orders</c>.</param>
    /// <exception cref="InvalidOperationException">The connection string is missing, cannot be read, or names no server or no database.</exception>
    public DbOptions OptionsOf(string name)
    {
        var options = new DbOptions { ConnectionName = name, DataDirectory = DataDirectory };
        return Provider == Sqlite
            ? options
            : options with { SqlServer = new SqlServerOptions { ConnectionString = ConnectionStringOf(name), CommandTimeout = CommandTimeout } };
    }

    private string ConnectionStringOf(string name)
    {
        var key = $"ConnectionStrings:{name}";
        if (!ConnectionStrings.TryGetValue(name, out var configured))
            throw new InvalidOperationException($"{key} is missing; Storage:Provider 'SqlServer' needs it: Server=...;Database=...;User Id=...;Password=...");
        var text = Read(key, configured);
        if (text.DataSource.Length == 0 || text.InitialCatalog.Length == 0)
            throw new InvalidOperationException($"{key} names no {(text.DataSource.Length == 0 ? "Server" : "Database")}; it needs both.");
        if (PasswordFile is not null)
            text.Password = File.ReadAllText(PasswordFile).TrimEnd('\r', '\n');
        return text.ConnectionString;
    }

    // What is wrong is not repeated: the text may hold a password.
    private static SqlConnectionStringBuilder Read(string key, string configured)
    {
        try
        {
            return new SqlConnectionStringBuilder(configured);
        }
        catch (Exception error) when (error is ArgumentException or FormatException or KeyNotFoundException)
        {
            throw new InvalidOperationException($"{key} cannot be read as a connection string of SQL Server; its text is not shown, as it may hold a password.");
        }
    }
}
