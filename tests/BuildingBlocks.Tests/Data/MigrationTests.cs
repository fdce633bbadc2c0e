namespace OrderTracking.BuildingBlocks.Tests.Data;

public sealed class MigrationTests
{
    [Fact]
    public async Task Migrating_twice_changes_nothing()
    {
        using var directory = new TemporaryDirectory();
        await using var db = await ThingsDb.Create(directory);
        var before = await db.Count("schema_migrations");
        await db.Write(tx => ThingsDb.Insert(tx, "kept"));
        await db.Migrate(CancellationToken.None);
        Assert.Equal(before, await db.Count("schema_migrations"));
        Assert.Equal(["kept"], await db.Names());
    }

    [Fact]
    public async Task A_migration_that_changed_after_it_was_applied_stops_the_start()
    {
        using var directory = new TemporaryDirectory();
        await using var db = await ThingsDb.Create(directory);
        await db.Write(tx => tx.Execute("update schema_migrations set digest = 'other' where name = '0001_things'"));
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => db.Migrate(CancellationToken.None));
        Assert.Contains("0001_things", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_commit_is_flushed_to_disk_and_the_log_is_written_ahead()
    {
        using var directory = new TemporaryDirectory();
        await using var db = await ThingsDb.Create(directory);
        var (mode, synchronous, keys) = await db.Write(async tx => (
            await tx.Scalar<string>("pragma journal_mode"),
            await tx.Scalar<long>("pragma synchronous"),
            await tx.Scalar<long>("pragma foreign_keys")));
        Assert.Equal(("wal", 2L, 1L), (mode, synchronous, keys));
    }
}
