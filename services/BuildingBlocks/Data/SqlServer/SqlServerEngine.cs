using System.Reflection;
using Microsoft.Data.SqlClient;

namespace OrderTracking.BuildingBlocks.Data.SqlServer;

/// <summary>A database on SQL Server, and how its connections are set up.</summary>
internal sealed class SqlServerEngine : Engine
{
    private readonly string _name;
    private readonly string _connectionString;
    private readonly int _commandSeconds;

    // The native library for Windows is not free software and does not ship: the network is talked to in managed code everywhere.
    static SqlServerEngine() => AppContext.SetSwitch("Switch.Microsoft.Data.SqlClient.UseManagedNetworkingOnWindows", true);

    public SqlServerEngine(string name, SqlServerOptions options)
        : base(Dialect.SqlServer)
    {
        _name = name;
        _connectionString = ConnectionStringOf(name, options.ConnectionString);
        _commandSeconds = (int)options.CommandTimeout.TotalSeconds;
    }

    /// <summary>What is connected with: the configured text and what the sessions rely on.</summary>
    public static string ConnectionStringOf(string name, string configured)
    {
        var text = new SqlConnectionStringBuilder(configured)
        {
            // The writer and the read pool keep their own connections. The provider's pool would hand on one with an open transaction,
            // its silent reconnecting would lose the session's settings, and an ambient transaction is none of ours.
            Pooling = false,
            ConnectRetryCount = 0,
            Enlist = false,
            MultipleActiveResultSets = false,
        };
        if (!text.ShouldSerialize("Application Name"))
            text.ApplicationName = $"OrderTracking {name}";
        return text.ConnectionString;
    }

    public override WriteSession OpenForWriting() => new SqlServerWriteSession(Open(isForReading: false));

    public override Session OpenForReading() => new SqlServerReadSession(Open(isForReading: true));

    public override void Migrate(IReadOnlyList<Assembly> sources, CancellationToken cancellation) =>
        Reached(() =>
        {
            SqlServerMigrator.Run(_connectionString, MigrationScript.Of(sources, Dialect));
            return 0;
        });

    public override IReadOnlyList<string> MissingMigrations(IReadOnlyList<Assembly> sources, CancellationToken cancellation) =>
        Reached(() => SqlServerMigrator.Missing(_connectionString, MigrationScript.Of(sources, Dialect)));

    // At the start nobody can repeat a call: whoever operates the process is told in a sentence.
    private T Reached<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (SqlException error) when (error.Number == SqlServerErrors.CannotOpenDatabase)
        {
            throw new InvalidOperationException(
                $"The database of ConnectionStrings:{_name} is missing or may not be opened by its login; --migrate makes a missing one. {error.Message}", error);
        }
        catch (SqlException error)
        {
            throw new InvalidOperationException($"The database of ConnectionStrings:{_name} cannot be used: {error.Message}", error);
        }
    }

    private SqlServerConnection Open(bool isForReading)
    {
        var connection = new SqlConnection(_connectionString);
        try
        {
            connection.Open();
            return new SqlServerConnection(connection, _commandSeconds, isForReading);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
