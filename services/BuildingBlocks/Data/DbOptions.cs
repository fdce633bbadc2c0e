using OrderTracking.BuildingBlocks.Leasing;

namespace OrderTracking.BuildingBlocks.Data;

/// <summary>Where a database lives and how much it takes at once.</summary>
public sealed record DbOptions
{
    /// <summary>The database's name, and the stem of its file: <c>orders</c> is <c>orders.db</c>.</summary>
    public required string ConnectionName { get; init; }

    /// <summary>The directory of the file. Created when missing.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>The SQL Server the database is on; null: it is a SQLite file.</summary>
    public SqlServerOptions? SqlServer { get; init; }

    /// <summary>How many callers' transactions share one commit at most. About half the expected concurrent callers.</summary>
    public int GroupCommitBatchMax { get; init; } = 128;

    /// <summary>How many transactions may wait for the writer; one more is refused with STORAGE_QUEUE_FULL.</summary>
    public int QueuedTransactionsMax { get; init; } = 8192;

    /// <summary>How many reads run at the same time; further reads wait.</summary>
    public int ReadConnectionsMax { get; init; } = 16;

    /// <summary>How long leases of this database last.</summary>
    public LeaseOptions Leases { get; init; } = new();
}
