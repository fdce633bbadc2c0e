using System.Diagnostics;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Tests.Data.SqlServer;

namespace OrderTracking.BuildingBlocks.Tests.Data;

/// <summary>Transactions: one commit for many callers, each with a savepoint, and snapshots for those who read.</summary>
public abstract class TransactionContract(SqlServerForTests? server) : DatabaseUnderTest(server)
{
    private const string Numbers = "numbers (n) as (select 1 union all select n + 1 from numbers where n < 1000000000)";
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    private string SlowQuery => Db.Dialect.Of(
        $"with recursive {Numbers} select count(*) from numbers", $"with {Numbers} select count(*) from numbers option (maxrecursion 0)");

    private string SlowChange => Db.Dialect.Of(
        $"with recursive {Numbers} insert into papers (code) select 'slow ' || n from numbers",
        $"with {Numbers} insert into papers (code) select convert(nvarchar(20), n) from numbers option (maxrecursion 0)");

    [Fact]
    public async Task A_key_that_is_taken_fails_its_caller_only()
    {
        var id = Ids.Next();
        var writes = await InOneBatch(
            tx => ThingsDb.Insert(tx, new ThingRow { Id = id, Name = "first" }),
            tx => ThingsDb.Insert(tx, new ThingRow { Id = id, Name = "second" }),
            tx => ThingsDb.Insert(tx, "third"));
        Assert.True(Db.Dialect.IsUniqueViolation(writes[1].Exception!.InnerException!));
        Assert.Equal(["first", "third"], await Db.Names());
    }

    [Fact]
    public async Task What_a_caller_changed_before_it_failed_is_gone_and_the_others_changes_stay()
    {
        var writes = await InOneBatch(
            tx => ThingsDb.Insert(tx, "before"),
            async tx =>
            {
                await ThingsDb.Insert(tx, "withdrawn");
                throw new FormatException();
            },
            tx => ThingsDb.Insert(tx, "after"));
        await Assert.ThrowsAsync<FormatException>(() => writes[1]);
        Assert.Equal(["before", "after"], await Db.Names());
    }

    [Fact]
    public async Task A_failed_statement_leaves_its_transaction_to_go_on()
    {
        var id = Ids.Next();
        await Db.Write(async tx =>
        {
            await ThingsDb.Insert(tx, new ThingRow { Id = id, Name = "first" });
            var error = await Assert.ThrowsAnyAsync<Exception>(() => ThingsDb.Insert(tx, new ThingRow { Id = id, Name = "second" }));
            Assert.True(tx.Dialect.IsUniqueViolation(error));
            await ThingsDb.Insert(tx, "third");
        });
        Assert.Equal(["first", "third"], await Db.Names());
    }

    [Fact]
    public async Task Many_callers_at_once_are_all_written_in_the_order_they_came()
    {
        await Task.WhenAll(Enumerable.Range(0, 500).Select(number => Db.Write(tx => ThingsDb.Insert(tx, $"{number}"))));
        Assert.Equal(Enumerable.Range(0, 500).Select(number => $"{number}"), await Db.Names());
    }

    [Fact]
    public async Task Two_processes_count_together_without_losing_any()
    {
        await using var other = await OfAnotherProcess();
        await Db.Write(tx => ThingsDb.Insert(tx, "counter"));
        await Task.WhenAll(Enumerable.Range(0, 200).Select(number => (number % 2 == 0 ? Db : other).Write(async tx =>
        {
            // Reads, then writes what follows from it: only who writes alone may do that.
            var size = await tx.Scalar<long>("select size from things where name = 'counter'");
            await tx.Execute("update things set size = @next where name = 'counter'", new { next = size + 1 });
        })));
        Assert.Equal(200, await Db.Read(tx => tx.Scalar<long>("select size from things")));
    }

    [Fact]
    public async Task A_read_sees_one_snapshot_and_waits_for_nobody()
    {
        await Db.Write(tx => ThingsDb.Insert(tx, "before"));
        using var gate = new ManualResetEventSlim();
        var writing = Db.Write(async tx =>
        {
            await ThingsDb.Insert(tx, "uncommitted");
            gate.Wait();
        });
        Assert.Equal(1, await Db.Count().WaitAsync(Soon));
        gate.Set();
        await writing;
        var (first, second) = await Db.Read(async tx =>
        {
            var before = await tx.Scalar<long>("select count(*) from things");
            await Db.Write(inner => ThingsDb.Insert(inner, "meanwhile"));
            return (before, await tx.Scalar<long>("select count(*) from things"));
        });
        Assert.Equal((2, 2), (first, second));
        Assert.Equal(3, await Db.Count());
    }

    [Fact]
    public async Task A_read_cannot_write()
    {
        await Assert.ThrowsAnyAsync<Exception>(() => Db.Read(async tx =>
        {
            await ThingsDb.Insert(tx, "sneaked in");
            return 0;
        }));
        Assert.Equal(0, await Db.Count());
    }

    [Fact]
    public async Task A_validation_answers_as_the_write_would_and_leaves_nothing()
    {
        var count = await Db.Write(
            async tx =>
            {
                await ThingsDb.Insert(tx, "only a try");
                return await tx.Scalar<long>("select count(*) from things");
            },
            validateOnly: true);
        Assert.Equal((1, 0), (count, await Db.Count()));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_cancelled_statement_ends_and_writes_nothing_and_the_others_of_its_batch_are_written(bool changes)
    {
        using var giveUp = new CancellationTokenSource();
        using var gate = new ManualResetEventSlim();
        var before = Db.Write(async tx =>
        {
            gate.Wait();
            await ThingsDb.Insert(tx, "before");
        });
        var slow = Db.Write(
            async tx =>
            {
                await ThingsDb.Insert(tx, "never");
                giveUp.CancelAfter(TimeSpan.FromMilliseconds(200));
                await (changes ? (Task)tx.Execute(SlowChange) : tx.Scalar<long>(SlowQuery));
            },
            giveUp.Token);
        var after = Db.Write(tx => ThingsDb.Insert(tx, "after"));
        var since = Stopwatch.GetTimestamp();
        gate.Set();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => slow);
        await Task.WhenAll(before, after);

        Assert.True(Stopwatch.GetElapsedTime(since) < Soon, $"{Stopwatch.GetElapsedTime(since)}");
        Assert.Equal(["before", "after"], await Db.Names());
        Assert.Equal(0, await Db.Count("papers"));
    }

    [Fact]
    public async Task A_cancelled_read_ends_in_the_middle_of_its_statement()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        var since = Stopwatch.GetTimestamp();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.Run(() => Db.Read(tx => tx.Scalar<long>(SlowQuery), deadline.Token)));
        Assert.True(Stopwatch.GetElapsedTime(since) < Soon, $"{Stopwatch.GetElapsedTime(since)}");
        Assert.Equal(0, await Db.Count());
    }

    [Fact]
    public async Task Migrating_again_and_twice_at_once_changes_nothing()
    {
        await using var other = await OfAnotherProcess();
        var before = await Db.Count("schema_migrations");
        await Task.WhenAll(Db.Migrate(CancellationToken.None), other.Migrate(CancellationToken.None));
        Assert.Equal(before, await Db.Count("schema_migrations"));
        await Db.CheckSchema(CancellationToken.None);
    }

    [Fact]
    public async Task A_missing_migration_is_named_and_a_newer_one_is_served()
    {
        await Db.Write(tx => tx.Execute("update schema_migrations set name = '9999_newer' where name = '0002_papers'"));
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => Db.CheckSchema(CancellationToken.None));
        Assert.Contains("OrderTracking.BuildingBlocks.Tests/0002_papers", error.Message, StringComparison.Ordinal);
        Assert.Contains("--migrate", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("0001", error.Message, StringComparison.Ordinal);
        await Db.Write(tx => tx.Execute("insert into schema_migrations (source, name, digest) select source, '0002_papers', digest from schema_migrations where name = '9999_newer'"));
        await Db.CheckSchema(CancellationToken.None);
    }

    [Fact]
    public async Task A_migration_that_was_edited_after_it_was_applied_is_refused()
    {
        await Db.Write(tx => tx.Execute("update schema_migrations set digest = 'other' where name = '0001_things'"));
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => Db.Migrate(CancellationToken.None));
        Assert.Contains("0001_things", error.Message, StringComparison.Ordinal);
    }
}

public sealed class SqliteTransactionTests() : TransactionContract(null);

public sealed class SqlServerTransactionTests(SqlServerForTests server) : TransactionContract(server);
