using System.Reflection;
using Dapper;
using Microsoft.Data.Sqlite;

namespace OrderTracking.BuildingBlocks.Data.Sqlite;

/// <summary>The file of a database, and how its connections are set up.</summary>
internal sealed class SqliteEngine(string path) : Engine(Dialect.Sqlite)
{
    private const int BusyTimeoutMilliseconds = 5000;

    // 32 MB. At SQLite's own 1,000 pages nearly every batch of a busy writer copied what it wrote into the file, with two flushes more.
    private const int PagesBetweenCheckpoints = 8_000;
    private readonly WriterTurn _turn = new(path + "-turn");

    public override WriteSession OpenForWriting() => new SqliteWriteSession(OpenWritable(), _turn);

    public override Session OpenForReading() =>
        new SqliteReadSession(new PreparedConnection(Open("pragma journal_mode = wal; pragma query_only = on;")));

    public override void Migrate(IReadOnlyList<Assembly> sources, CancellationToken cancellation)
    {
        using var prepared = OpenWritable();
        // A migration's later statements name tables its earlier ones make, so its text cannot be prepared as a whole.
        SqliteMigrator.Run(prepared.Inner, MigrationScript.Of(sources, Dialect), cancellation);
    }

    public override IReadOnlyList<string> MissingMigrations(IReadOnlyList<Assembly> sources, CancellationToken cancellation)
    {
        using var prepared = OpenWritable();
        return SqliteMigrator.Missing(prepared.Inner, MigrationScript.Of(sources, Dialect));
    }

    // What a caller's savepoint would restore lies in memory until the caller is done: in a file, where SQLite puts it beyond 64 KB, every
    // caller would write its pages twice. It is a note for taking back and is never read after a crash.
    private PreparedConnection OpenWritable() => new(Open(
        $"pragma journal_mode = wal; pragma synchronous = full; pragma temp_store = memory; pragma wal_autocheckpoint = {PagesBetweenCheckpoints};"));

    private SqliteConnection Open(string setup)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadWriteCreate,
            Cache = SqliteCacheMode.Private,
            // The provider repeats a statement that was told busy, each time with SQLite's own wait, for 30 s unless told otherwise:
            // callers would hear of a database that is down when they have long given up.
            DefaultTimeout = BusyTimeoutMilliseconds / 1000,
            // The writer and the read pool keep their own connections; the provider's pool would reset their pragmas.
            Pooling = false,
        }.ConnectionString);
        try
        {
            connection.Open();
            connection.Execute($"pragma busy_timeout = {BusyTimeoutMilliseconds}; pragma foreign_keys = on; {setup}");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
