namespace OrderTracking.BuildingBlocks.Tests.Data;

public sealed class ReadTests : IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();
    private ThingsDb _db = null!;

    public async ValueTask InitializeAsync() => _db = await ThingsDb.Create(_directory);

    public async ValueTask DisposeAsync()
    {
        await _db.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task A_read_sees_one_snapshot()
    {
        await _db.Write(tx => ThingsDb.Insert(tx, "before"));
        var (first, second) = await _db.Read(async tx =>
        {
            var before = await tx.Scalar<long>("select count(*) from things");
            await _db.Write(inner => ThingsDb.Insert(inner, "meanwhile"));
            return (before, await tx.Scalar<long>("select count(*) from things"));
        });
        Assert.Equal((1, 1), (first, second));
        Assert.Equal(2, await _db.Count());
    }

    [Fact]
    public async Task A_read_cannot_write()
    {
        await Assert.ThrowsAnyAsync<Exception>(() => _db.Read(async tx =>
        {
            await ThingsDb.Insert(tx, "sneaked in");
            return 0;
        }));
        Assert.Equal(0, await _db.Count());
    }

    [Fact]
    public async Task A_cancelled_read_ends_in_the_middle_of_its_statement()
    {
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        var start = TimeProvider.System.GetTimestamp();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.Run(() => _db.Read(
            tx => tx.Scalar<long>(
                "with recursive numbers (n) as (select 1 union all select n + 1 from numbers where n < 1000000000) select count(*) from numbers"),
            cancellation.Token)));
        Assert.True(TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromSeconds(5));
        Assert.Equal(0, await _db.Count());
    }

    [Fact]
    public async Task Statements_with_lists_and_repeated_texts_are_prepared_once_and_answer_right()
    {
        await _db.Write(async tx =>
        {
            for (var number = 0; number < 10; number++)
                await ThingsDb.Insert(tx, $"thing {number}", number);
        });
        for (var round = 0; round < 3; round++)
        {
            long[] sizes = [1, 3, 5 + round];
            var found = await _db.Read(tx => tx.Query<long>("select size from things where size in @sizes and name <> @not order by size", new { sizes, not = "x" }));
            Assert.Equal(sizes, found);
            Assert.Equal("thing 4", await _db.Read(tx => tx.QueryFirstOrDefault<string>("select name from things where size = @size", new { size = 4 })));
        }
    }
}
