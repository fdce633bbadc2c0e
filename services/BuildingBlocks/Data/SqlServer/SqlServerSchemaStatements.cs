namespace OrderTracking.BuildingBlocks.Data.SqlServer;

/// <summary>What migrating says to SQL Server besides the migrations themselves.</summary>
internal static class SqlServerSchemaStatements
{
    public const string Ledger = """
        if object_id('schema_migrations', 'U') is null
        create table schema_migrations (
            source nvarchar(200) collate Latin1_General_100_BIN2 not null,
            name nvarchar(200) collate Latin1_General_100_BIN2 not null,
            digest char(64) collate Latin1_General_100_BIN2 not null,
            primary key (source, name)
        )
        """;

    public const string SelectApplied = "select source as Source, name as Name, digest as Digest from schema_migrations";

    public const string InsertApplied = "insert into schema_migrations (source, name, digest) values (@Source, @Name, @Digest)";

    public const string LedgerExists = "select count(*) from sys.tables where name = 'schema_migrations'";

    // Held by the connection: it is free again when the process that had it is gone, however it went.
    public const string TakeLock = """
        declare @outcome int;
        exec @outcome = sp_getapplock @Resource = N'ordertracking migrations', @LockMode = N'Exclusive', @LockOwner = N'Session', @LockTimeout = 600000;
        select @outcome;
        """;

    public const string DatabaseExists = "select count(*) from sys.databases where name = @name";

    public const string SnapshotsAllowed = "select count(*) from sys.databases where name = db_name() and snapshot_isolation_state = 1";

    public const string AllowSnapshots = "alter database current set allow_snapshot_isolation on";

    /// <summary>Makes a database whose readers never wait for its writer. The name cannot be a parameter.</summary>
    public static IReadOnlyList<string> Create(string database)
    {
        var quoted = $"[{database.Replace("]", "]]", StringComparison.Ordinal)}]";
        return
        [
            $"create database {quoted}",
            $"alter database {quoted} set allow_snapshot_isolation on",
            $"alter database {quoted} set read_committed_snapshot on",
        ];
    }
}
