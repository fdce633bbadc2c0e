using OrderTracking.BuildingBlocks.Grpc;

namespace OrderTracking.BuildingBlocks.Tests.Grpc;

public sealed class ListQueryTests : IAsyncLifetime
{
    private static readonly ListField[] Fields =
    [
        new("name", "name", ListFieldKind.Text, Sortable: true),
        new("size", "size", ListFieldKind.Number, Sortable: true),
        new("made_on", "made_on", ListFieldKind.Date, Sortable: false),
        new("made_at", "made_at", ListFieldKind.Instant, Sortable: false),
        new("flagged", "flagged", ListFieldKind.Flag, Sortable: false),
    ];

    private readonly TemporaryDirectory _directory = new();
    private ThingsDb _db = null!;

    public async ValueTask InitializeAsync() => _db = await ThingsDb.Create(_directory);

    public async ValueTask DisposeAsync()
    {
        await _db.DisposeAsync();
        _directory.Dispose();
    }

    [Theory]
    [InlineData("", "a b c d")]
    [InlineData("  ", "a b c d")]
    [InlineData("name = a", "a")]
    [InlineData("name=\"a\"", "a")]
    [InlineData("name != 'a'", "b c d")]
    [InlineData("size > 1 AND size <= 3", "b c")]
    [InlineData("size >= -5 AND size < 2", "a")]
    [InlineData("made_on = 2025-04-09", "a")]
    [InlineData("made_on != 2025-04-09", "b c d")]
    [InlineData("made_on < \"2025-05-01\"", "a b")]
    [InlineData("made_at >= 2025-04-09T02:00:00+02:00", "a b")]
    [InlineData("made_at = \"2025-04-09T00:00:00Z\"", "a")]
    [InlineData("flagged = true", "a c")]
    [InlineData("flagged != true AND size > 2", "d")]
    [InlineData("name = 'o\\'clock \"x\"'", "")]
    public async Task A_filter_finds_what_it_says(string filter, string expected)
    {
        await Fill();
        Assert.Equal(expected, string.Join(' ', (await Page(filter: filter)).Names));
    }

    [Theory]
    [InlineData("nonsense = 1", 1, "name, size, made_on, made_at, flagged")]
    [InlineData("name = a AND nonsense = 1", 14, "one of the fields")]
    [InlineData("Name = a", 1, "one of the fields")]
    [InlineData("name", 5, "one of = != < <= > >=")]
    [InlineData("name ~ a", 6, "one of = != < <= > >=")]
    [InlineData("name = ", 8, "a value")]
    [InlineData("name = \"a", 8, "closing quote")]
    [InlineData("name = a OR size = 1", 10, "AND")]
    [InlineData("name = a size = 1", 10, "AND")]
    [InlineData("name = a AND ", 14, "one of the fields")]
    [InlineData("size = many", 8, "a whole number")]
    [InlineData("size = 99999999999999999999", 8, "a whole number")]
    [InlineData("made_on = 2025-02-30", 11, "a date")]
    [InlineData("made_at = 2025-04-09T00:00:00", 11, "an instant")]
    [InlineData("flagged = yes", 11, "true or false")]
    [InlineData("flagged > true", 9, "= or !=")]
    [InlineData("name = a; drop table things", 9, "AND")]
    public void A_filter_that_cannot_be_read_is_refused_with_the_position(string filter, int position, string expected)
    {
        var violation = Refused(() => ListQuery.Parse(0, "", filter, "", Fields, ""), "FILTER_INVALID");
        Assert.Equal("filter", violation.Field);
        Assert.Contains($"at position {position} ", violation.Description, StringComparison.Ordinal);
        Assert.Contains(expected, violation.Description, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "a b c d")]
    [InlineData("size desc", "d c b a")]
    [InlineData("size asc", "a b c d")]
    [InlineData("name", "a b c d")]
    public async Task A_list_is_ordered_as_asked(string orderBy, string expected)
    {
        await Fill();
        Assert.Equal(expected, string.Join(' ', (await Page(orderBy: orderBy)).Names));
    }

    [Theory]
    [InlineData("made_on")]
    [InlineData("nonsense")]
    [InlineData("size down")]
    [InlineData("size, name")]
    [InlineData("size; drop table things")]
    public void An_order_that_is_not_offered_is_refused(string orderBy) =>
        Assert.Contains("name, size", Refused(() => ListQuery.Parse(0, "", "", orderBy, Fields, ""), "ORDER_BY_INVALID").Description, StringComparison.Ordinal);

    [Fact]
    public async Task Page_sizes_have_a_default_a_cap_and_no_negative()
    {
        Assert.Equal(51, ListQuery.Parse(0, "", "", "", Fields, "").Sql().Take);
        Assert.Equal(1001, ListQuery.Parse(5000, "", "", "", Fields, "").Sql().Take);
        Refused(() => ListQuery.Parse(-1, "", "", "", Fields, ""), "PAGE_SIZE_NEGATIVE");
        await Fill();
        Assert.Equal(["a", "b"], (await Page(pageSize: 2)).Names);
        Assert.Equal("", (await Page(pageSize: 4)).Next);
    }

    [Fact]
    public async Task A_token_belongs_to_its_filter_and_order_and_is_no_other_text()
    {
        await Fill();
        var token = (await Page(pageSize: 1, filter: "size > 0", orderBy: "size")).Next;
        Assert.Equal(["b"], (await Page(pageSize: 1, filter: "size > 0", orderBy: "size", token: token)).Names);
        Refused(() => ListQuery.Parse(1, token, "size > 1", "size", Fields, ""), "PAGE_TOKEN_INVALID");
        Refused(() => ListQuery.Parse(1, token, "size > 0", "size desc", Fields, ""), "PAGE_TOKEN_INVALID");
        foreach (var damaged in (string[])["x", token[..^4], "!!!!", "bnVsbA", "e30"])
            Refused(() => ListQuery.Parse(1, damaged, "size > 0", "size", Fields, ""), "PAGE_TOKEN_INVALID");
    }

    [Fact]
    public void Everything_wrong_is_said_at_once()
    {
        var refusal = Assert.Throws<Refusal>(() => ListQuery.Parse(-1, "x", "nonsense", "nonsense", Fields, ""));
        Assert.Equal("SEVERAL_FIELDS_INVALID", refusal.Reason.Name);
        Assert.Equal(["page_size", "filter", "order_by", "page_token"], refusal.FieldViolations.Select(violation => violation.Field));
    }

    [Theory]
    [InlineData("")]
    [InlineData("name")]
    [InlineData("size desc")]
    public async Task A_walk_under_concurrent_inserts_neither_skips_nor_repeats_an_old_row(string orderBy)
    {
        const int Old = 10_000;
        await _db.Write(async tx =>
        {
            for (var number = 0; number < Old; number++)
                await ThingsDb.Insert(tx, $"old {number * 7919 % 100}", number % 37);
        });
        using var ended = new CancellationTokenSource();
        var inserting = Task.Run(async () =>
        {
            for (var number = 0; !ended.IsCancellationRequested; number++)
                await _db.Write(tx => ThingsDb.Insert(tx, $"new {number % 100}", number % 41));
        });
        var seen = new List<long>();
        var token = "";
        do
        {
            var (_, next, seqs) = await Page(pageSize: 300, orderBy: orderBy, token: token);
            seen.AddRange(seqs);
            token = next;
        }
        while (token.Length > 0 && seen.Count < 10 * Old);
        await ended.CancelAsync();
        await inserting;

        Assert.Equal(seen.Count, seen.Distinct().Count());
        Assert.Equal(Old, seen.Count(seq => seq <= Old));
    }

    private static FieldViolation Refused(Action parse, string reason)
    {
        var refusal = Assert.Throws<Refusal>(parse);
        Assert.Equal(reason, refusal.Reason.Name);
        return Assert.Single(refusal.FieldViolations);
    }

    private Task Fill() => _db.Write(async tx =>
    {
        var day = new DateOnly(2025, 4, 9);
        var instant = new DateTimeOffset(2025, 4, 9, 0, 0, 0, TimeSpan.Zero);
        await ThingsDb.Insert(tx, new ThingRow { Id = Ids.Next(), Name = "a", Size = 1, MadeOn = day, MadeAt = instant, Flagged = true });
        await ThingsDb.Insert(tx, new ThingRow { Id = Ids.Next(), Name = "b", Size = 2, MadeOn = day.AddDays(1), MadeAt = instant.AddDays(1) });
        await ThingsDb.Insert(tx, new ThingRow { Id = Ids.Next(), Name = "c", Size = 3, Flagged = true });
        await ThingsDb.Insert(tx, new ThingRow { Id = Ids.Next(), Name = "d", Size = 4, MadeOn = day.AddDays(90) });
    });

    private async Task<(List<string> Names, string Next, List<long> Seqs)> Page(
        int pageSize = 0, string filter = "", string orderBy = "", string token = "")
    {
        var query = ListQuery.Parse(pageSize, token, filter, orderBy, Fields, "");
        var (where, order, parameters, _) = query.Sql();
        var rows = await _db.Read(tx => tx.Query<ThingRow>(
            $"select name as Name, {query.OrderColumn()} as OrderKey, seq as Seq from things where {where} {order} {tx.Dialect.Page()}", parameters));
        var page = query.Page(rows).ToList();
        return ([.. page.Select(row => row.Name)], query.NextToken(rows, row => row.OrderKey, row => row.Seq), [.. page.Select(row => row.Seq)]);
    }
}
