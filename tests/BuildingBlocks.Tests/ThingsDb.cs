using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using OrderTracking.BuildingBlocks.Data;

namespace OrderTracking.BuildingBlocks.Tests;

/// <summary>A database of the tests, in a directory of its own.</summary>
public sealed class ThingsDb(DbOptions options, ILogger<ThingsDb> logger) : Db(options, logger, typeof(ThingsDb).Assembly)
{
    private const string InsertThing = """
        insert into things (id, name, size, made_on, made_at, weight, flagged)
        values (@Id, @Name, @Size, @MadeOn, @MadeAt, @Weight, @Flagged)
        """;

    public static async Task<ThingsDb> Create(TemporaryDirectory directory, int queuedMax = 8192)
    {
        var options = new DbOptions { ConnectionName = "things", DataDirectory = directory.Path, QueuedTransactionsMax = queuedMax };
        var db = new ThingsDb(options, NullLogger<ThingsDb>.Instance);
        await db.Migrate(CancellationToken.None);
        return db;
    }

    /// <summary>A database of its own on a SQL Server.</summary>
    public static async Task<ThingsDb> Create(TemporaryDirectory directory, SqlServerOptions server)
    {
        var db = new ThingsDb(new DbOptions { ConnectionName = "things", DataDirectory = directory.Path, SqlServer = server }, NullLogger<ThingsDb>.Instance);
        await db.Migrate(CancellationToken.None);
        return db;
    }

    public static Task Insert(Tx tx, string name, long size = 0) => Insert(tx, new ThingRow { Id = Ids.Next(), Name = name, Size = size });

    public static Task Insert(Tx tx, ThingRow row) => tx.Execute(InsertThing, row);

    public Task<long> Count(string table = "things") => Read(tx => tx.Scalar<long>($"select count(*) from {table}"));

    public async Task<List<string>> Names() =>
        [.. await Read(tx => tx.Query<string>("select name from things order by seq"))];
}

public sealed class ThingRow
{
    public Guid Id { get; init; }

    public string Name { get; init; } = "";

    public long Size { get; init; }

    public DateOnly? MadeOn { get; init; }

    public DateTimeOffset? MadeAt { get; init; }

    public decimal? Weight { get; init; }

    public bool Flagged { get; init; }

    public long Seq { get; init; }

    public object? OrderKey { get; init; }
}

public static class Ids
{
    public static Guid Next() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
}

/// <summary>A directory that is gone after the test.</summary>
public sealed class TemporaryDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("ordertracking-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

/// <summary>Waits for a condition, not for a time.</summary>
public static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    public static async Task Holds(Func<Task<bool>> condition, string what)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            if (TimeProvider.System.GetElapsedTime(start) > Limit)
                Assert.Fail($"Not within {Limit.TotalSeconds} s: {what}");
            await Task.Delay(Pause);
        }
    }
}

/// <summary>Waits for the end of tasks that may fail.</summary>
public static class Outcomes
{
    public static Task Of(params IEnumerable<Task> tasks) => Task.WhenAll(tasks).ContinueWith(_ => { }, TaskScheduler.Default);
}
