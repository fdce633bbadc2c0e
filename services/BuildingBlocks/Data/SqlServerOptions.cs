namespace OrderTracking.BuildingBlocks.Data;

/// <summary>A database on SQL Server.</summary>
public sealed record SqlServerOptions
{
    /// <summary>How long a statement may run unless configured, in seconds.</summary>
    public const int CommandSecondsDefault = 30;

    /// <summary>Names the server and the database. Holds a secret: never logged.</summary>
    public required string ConnectionString { get; init; }

    /// <summary>How long a statement may run, and how long the writer waits for its turn among the replicas.</summary>
    public TimeSpan CommandTimeout { get; init; } = TimeSpan.FromSeconds(CommandSecondsDefault);

    /// <summary>Without the connection string, which may hold a password.</summary>
    public override string ToString() => nameof(SqlServerOptions);
}
