using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Tests.Data.SqlServer;

namespace OrderTracking.BuildingBlocks.Tests.Data;

/// <summary>Values: what went in comes out, is compared and is ordered alike on every engine.</summary>
public abstract class ValueContract(SqlServerForTests? server) : DatabaseUnderTest(server)
{
    private const string SelectThing = """
        select id as Id, name as Name, size as Size, made_on as MadeOn, made_at as MadeAt, weight as Weight, flagged as Flagged
        from things where id = @id
        """;

    [Fact]
    public async Task Values_come_back_as_they_went_in()
    {
        var row = new ThingRow
        {
            Id = new Guid("ABCDEF01-2345-6789-ABCD-EF0123456789"),
            Name = "Ünïcode 汉字",
            Size = long.MinValue,
            MadeOn = new DateOnly(2024, 2, 29),
            MadeAt = new DateTimeOffset(2025, 4, 9, 1, 2, 3, TimeSpan.FromHours(2)).AddTicks(1234560),
            Weight = -12345678901234567890.123456789m,
            Flagged = true,
        };
        await Db.Write(tx => ThingsDb.Insert(tx, row));
        var read = await Db.Read(tx => tx.QueryFirstOrDefault<ThingRow>(SelectThing, new { id = row.Id }));
        Assert.Equal(
            (row.Id, row.Name, row.Size, row.MadeOn, row.MadeAt, row.Weight, row.Flagged),
            (read!.Id, read.Name, read.Size, read.MadeOn, read.MadeAt, read.Weight, read.Flagged));
        Assert.Equal(TimeSpan.Zero, read.MadeAt!.Value.Offset);
    }

    [Fact]
    public async Task Absent_values_stay_absent_whatever_their_type()
    {
        var id = Ids.Next();
        await Db.Write(tx => ThingsDb.Insert(tx, new ThingRow { Id = id, Name = "" }));
        await Db.Write(tx => Paper(tx, "bare", null, null));
        var thing = await Db.Read(tx => tx.QueryFirstOrDefault<ThingRow>(SelectThing, new { id }));
        Assert.Equal(("", null, null, null, false), (thing!.Name, thing.MadeOn, thing.MadeAt, thing.Weight, thing.Flagged));
        var paper = await Db.Read(tx => tx.QueryFirstOrDefault<PaperRow>("select code as Code, note as Note, body as Body from papers"));
        Assert.Equal((null, null), (paper!.Note, paper.Body));
        Guid? nobody = null;
        DateTimeOffset? never = null;
        Assert.Equal(0, await Db.Read(tx => tx.Scalar<long>("select count(*) from things where id = @nobody or made_at < @never", new { nobody, never })));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4000)]
    [InlineData(4001)]
    [InlineData(200_000)]
    public async Task Long_texts_and_blobs_are_whole(int length)
    {
        var text = new string('ж', length);
        var body = Enumerable.Range(0, length).Select(at => (byte)(at % 251)).ToArray();
        await Db.Write(tx => Paper(tx, "long", text, body));
        var paper = await Db.Read(tx => tx.QueryFirstOrDefault<PaperRow>("select code as Code, note as Note, body as Body from papers where note = @text", new { text }));
        Assert.Equal(body, paper!.Body);
    }

    [Fact]
    public async Task Keys_that_differ_in_case_or_accent_are_different_and_binary_in_order()
    {
        string[] codes = ["alice", "Alice", "ALICE", "álice", "Bob"];
        foreach (var code in codes)
            await Db.Write(tx => Paper(tx, code, null, null));
        await Assert.ThrowsAnyAsync<Exception>(() => Db.Write(tx => Paper(tx, "Alice", null, null)));
        Assert.Equal(codes.Order(StringComparer.Ordinal), await Db.Read(tx => tx.Query<string>("select code from papers order by code")));
        Assert.Equal("Alice", await Db.Read(tx => tx.QueryFirstOrDefault<string>("select code from papers where code = @code", new { code = "Alice" })));
    }

    [Fact]
    public async Task Whole_microseconds_survive_and_are_found_by_equality()
    {
        var clock = MicrosecondClock.Machine;
        for (var round = 0; round < 20; round++)
        {
            var (id, at) = (Ids.Next(), clock.GetUtcNow());
            await Db.Write(tx => ThingsDb.Insert(tx, new ThingRow { Id = id, Name = "timed", MadeAt = at }));
            Assert.Equal(id, await Db.Read(tx => tx.Scalar<Guid>("select id from things where made_at = @at and id = @id", new { at, id })));
            Assert.Equal(at, await Db.Read(tx => tx.Scalar<DateTimeOffset>("select made_at from things where id = @id", new { id })));
        }
    }

    [Fact]
    public async Task Money_is_added_up_without_rounding()
    {
        const long cents = 9_007_199_254_740_993;
        await Db.Write(tx => ThingsDb.Insert(tx, "a", cents));
        await Db.Write(tx => ThingsDb.Insert(tx, "b", cents));
        Assert.Equal(2 * cents, await Db.Read(tx => tx.Scalar<long>("select sum(size) from things")));
    }

    [Fact]
    public async Task A_page_is_cut_after_its_order()
    {
        await Db.Write(async tx =>
        {
            for (var number = 0; number < 10; number++)
                await ThingsDb.Insert(tx, $"{number}", 10 - number);
        });
        var page = await Db.Read(tx => tx.Query<string>($"select name from things where size < @below order by size desc {tx.Dialect.Page()}", new { below = 8, take = 3 }));
        Assert.Equal(["3", "4", "5"], page);
        Assert.Equal(["9"], await Db.Read(tx => tx.Query<string>($"select name from things order by size {tx.Dialect.Page("@some")}", new { some = 1L })));
    }

    [Fact]
    public async Task Lists_of_identifiers_dates_and_texts_select_their_members()
    {
        Guid[] ids = [Ids.Next(), Ids.Next(), Ids.Next()];
        foreach (var id in ids)
            await Db.Write(tx => ThingsDb.Insert(tx, new ThingRow { Id = id, Name = $"n{id}", Size = 7, MadeOn = new DateOnly(2025, 1, 1) }));
        var found = await Db.Read(tx => tx.Query<Guid>("select id from things where id in @ids order by seq", new { ids = ids[..2] }));
        Assert.Equal(ids[..2], found);
        Assert.Equal(2, await Db.Read(tx => tx.Scalar<long>("select count(*) from things where name in @names", new { names = new[] { $"n{ids[0]}", $"n{ids[2]}", "none" } })));
        Assert.Equal(3, await Db.Read(tx => tx.Scalar<long>("select count(*) from things where made_on in @days and size in @sizes", new { days = new[] { new DateOnly(2025, 1, 1) }, sizes = new[] { 7L } })));
        Assert.Empty(await Db.Read(tx => tx.Query<Guid>("select id from things where id in @ids", new { ids = Array.Empty<Guid>() })));
    }

    [Fact]
    public async Task Flags_are_compared_with_numbers_and_with_truth()
    {
        await Db.Write(tx => ThingsDb.Insert(tx, new ThingRow { Id = Ids.Next(), Name = "up", Flagged = true }));
        Assert.Equal(1, await Db.Read(tx => tx.Scalar<long>("select count(*) from things where flagged = 1 and flagged = @yes", new { yes = true })));
    }

    private static Task<int> Paper(Tx tx, string code, string? text, byte[]? body) =>
        tx.Execute("insert into papers (code, note, body) values (@Code, @Note, @Body)", new PaperRow { Code = code, Note = text, Body = body });

    private sealed class PaperRow
    {
        public string Code { get; init; } = "";

        public string? Note { get; init; }

        public byte[]? Body { get; init; }
    }
}

public sealed class SqliteValueTests() : ValueContract(null);

public sealed class SqlServerValueTests(SqlServerForTests server) : ValueContract(server);
