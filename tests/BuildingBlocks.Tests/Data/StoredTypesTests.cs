using CsCheck;

namespace OrderTracking.BuildingBlocks.Tests.Data;

public sealed class StoredTypesTests : IAsyncLifetime
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
    public async Task Values_come_back_as_they_went_in()
    {
        var row = new ThingRow
        {
            Id = Ids.Next(),
            Name = "A",
            Size = long.MaxValue,
            MadeOn = new DateOnly(2024, 2, 29),
            MadeAt = new DateTimeOffset(2025, 4, 9, 1, 2, 3, TimeSpan.FromHours(2)).AddTicks(1234567),
            Weight = 12345678901234567890.123456789m,
            Flagged = true,
        };
        await _db.Write(tx => ThingsDb.Insert(tx, row));
        var read = await _db.Read(tx => tx.QueryFirstOrDefault<ThingRow>(
            """
            select id as Id, name as Name, size as Size, made_on as MadeOn, made_at as MadeAt, weight as Weight, flagged as Flagged
            from things where id = @Id
            """,
            new { row.Id }));

        Assert.NotNull(read);
        Assert.Equal((row.Id, row.Size, row.MadeOn, row.Weight, row.Flagged), (read.Id, read.Size, read.MadeOn, read.Weight, read.Flagged));
        Assert.Equal(row.MadeAt, read.MadeAt);
        Assert.Equal(TimeSpan.Zero, read.MadeAt!.Value.Offset);
    }

    [Fact]
    public async Task Absent_values_stay_absent()
    {
        await _db.Write(tx => ThingsDb.Insert(tx, "bare"));
        var read = await _db.Read(tx => tx.QueryFirstOrDefault<ThingRow>("select made_on as MadeOn, made_at as MadeAt, weight as Weight from things"));
        Assert.Equal((null, null, null), (read!.MadeOn, read.MadeAt, read.Weight));
    }

    [Fact]
    public async Task Identifiers_are_stored_in_lower_case_whichever_way_they_are_passed()
    {
        var id = new Guid("ABCDEF01-2345-6789-ABCD-EF0123456789");
        await _db.Write(tx => ThingsDb.Insert(tx, new ThingRow { Id = id, Name = "cased" }));
        Assert.Equal("abcdef01-2345-6789-abcd-ef0123456789", await _db.Read(tx => tx.Scalar<string>("select id from things")));
        Assert.Equal(id, await _db.Read(tx => tx.Scalar<Guid>("select id from things where id = @id", new { id })));
        Assert.Equal(id, await _db.Read(tx => tx.QueryFirstOrDefault<Guid>("select id from things where id in @ids", new { ids = new[] { id } })));
    }

    [Fact]
    public Task A_value_is_stored_alike_whoever_binds_it() =>
        Gen.Select(
                Gen.Guid,
                Gen.OneOf(Gen.String, Gen.Const(""), Gen.Const("\0"), Gen.Char.Array[70_000].Select(characters => new string(characters))),
                Gen.Long,
                Gen.DateOnly.Nullable(),
                Gen.DateTimeOffset.Nullable(),
                Gen.Decimal.Nullable(),
                Gen.Bool)
            .SampleAsync(
                async row =>
                {
                    var (id, name, size, madeOn, madeAt, weight, flagged) = row;
                    name = new string([.. name.Where(character => !char.IsSurrogate(character))]);
                    var thing = new ThingRow { Id = id, Name = name, Size = size, MadeOn = madeOn, MadeAt = madeAt, Weight = weight, Flagged = flagged };
                    var stored = await StoredBy(tx => ThingsDb.Insert(tx, thing));
                    // A parameter of a kind that only the provider binds leaves all of them to it.
                    var byProvider = await StoredBy(tx => tx.Execute(
                        "insert into things (id, name, size, made_on, made_at, weight, flagged) values (@Id, @Name, @Size, @MadeOn, @MadeAt, @Weight, @Flagged)",
                        new { Id = id, Name = (object)name, Size = size, MadeOn = madeOn, MadeAt = madeAt, Weight = weight, Flagged = flagged }));
                    Assert.Equal(byProvider, stored);
                },
                iter: 200,
                threads: 1);

    [Fact]
    public async Task What_was_not_found_is_found_once_it_is_there()
    {
        foreach (var isThere in (bool[])[false, false, true, true, false, false, true])
        {
            await _db.Write(tx => tx.Execute("delete from things"));
            if (isThere)
                await _db.Write(tx => ThingsDb.Insert(tx, "sought"));
            Assert.Equal(isThere, await _db.Write(IsThere));
            Assert.Equal(isThere, await _db.Read(IsThere));
        }

        static async Task<bool> IsThere(OrderTracking.BuildingBlocks.Data.Tx tx) =>
            (await tx.QueryFirstOrDefault<ThingRow>("select name as Name from things where name = @name", new { name = "sought" })) is { Name: "sought" };
    }

    [Fact]
    public void The_text_order_of_instants_is_their_order_in_time() =>
        Gen.Select(Gen.DateTimeOffset, Gen.DateTimeOffset).Sample((left, right) =>
            Math.Sign(string.CompareOrdinal(Text(left), Text(right))) == Math.Sign(left.CompareTo(right)));

    [Fact]
    public async Task Instants_with_other_offsets_are_compared_in_time_by_the_database()
    {
        var early = new DateTimeOffset(2025, 1, 1, 1, 0, 0, TimeSpan.FromHours(2));
        var late = new DateTimeOffset(2025, 1, 1, 0, 0, 0, 123, TimeSpan.Zero);
        await _db.Write(tx => ThingsDb.Insert(tx, new ThingRow { Id = Ids.Next(), Name = "late", MadeAt = late }));
        await _db.Write(tx => ThingsDb.Insert(tx, new ThingRow { Id = Ids.Next(), Name = "early", MadeAt = early }));
        Assert.Equal(["early", "late"], await _db.Read(tx => tx.Query<string>("select name from things order by made_at")));
        Assert.Equal(1, await _db.Read(tx => tx.Scalar<long>("select count(*) from things where made_at < @late", new { late })));
    }

    private Task<string> StoredBy(Func<OrderTracking.BuildingBlocks.Data.Tx, Task> insert) => _db.Write(async tx =>
    {
        await tx.Execute("delete from things");
        await insert(tx);
        return await tx.Scalar<string>("""
            select typeof(id) || quote(id) || typeof(name) || hex(name) || typeof(size) || quote(size) || typeof(made_on) || quote(made_on)
                || typeof(made_at) || quote(made_at) || typeof(weight) || quote(weight) || typeof(flagged) || quote(flagged)
            from things
            """);
    });

    private static string Text(DateTimeOffset value) =>
        value.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
