using System.Globalization;

namespace OrderTracking.SqlServer.Tests.Schema;

/// <summary>Both engines have the same tables. What differs is listed here, each with its reason, and nothing else may.</summary>
public sealed class ParityTests
{
    private const string Finished = "'SUCCEEDED', 'FAILED', 'CANCELLED'";

    // A condition is no value in T-SQL: what SQLite says by comparing two of them is said there by its cases.
    private static readonly string[] InEveryDatabase =
    [
        "table write_turns is on SQL Server only",
        $"check jobs: (finished = 1) = (state in ({Finished})) is on SQLite only",
        "check jobs: (finished = 1) = (ended_at is not null) is on SQLite only",
        $"check jobs: finished = 1 and state in ({Finished}) or finished = 0 and state not in ({Finished}) is on SQL Server only",
        "check jobs: finished = 1 and ended_at is not null or finished = 0 and ended_at is null is on SQL Server only",
    ];

    private static readonly string[] InCompliance =
    [
        "check licence_lines: (value_minor is null) = (value_limit_minor is null) and (value_minor is null or value_limit_minor >= value_minor)"
            + " is on SQLite only",
        "check licence_lines: value_minor is null and value_limit_minor is null or value_minor is not null and value_limit_minor is not null"
            + " and value_limit_minor >= value_minor is on SQL Server only",
        // The very text the entry's hash is made of: an instant that was read and written again would be another text.
        "audit_chain.recorded_at is text on SQLite, char(28) on SQL Server",
    ];

    [Theory]
    [MemberData(nameof(DatabaseSource.Names), MemberType = typeof(DatabaseSource))]
    public void Both_engines_have_the_same_tables_but_for_what_is_listed(string database)
    {
        var source = DatabaseSource.Of(database);
        var sqlite = SqliteShapes.Of(source.Migrations("sqlite"));
        var sqlServer = SqlServerShapes.Of(FoldedSchema.Of(source.Migrations("sqlserver")));
        string[] allowed = [.. InEveryDatabase, .. database == "compliance" ? InCompliance : []];
        Assert.Equal(allowed.Order(StringComparer.Ordinal), SchemaDifferences.Of(sqlite, sqlServer).Order(StringComparer.Ordinal));
        TestContext.Current.TestOutputHelper!.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{sqlite.Count} tables, {sqlite.Values.Sum(table => table.Columns.Count)} columns"));
    }

    [Theory]
    [MemberData(nameof(DatabaseSource.Names), MemberType = typeof(DatabaseSource))]
    public void Both_engines_have_the_same_views(string database)
    {
        var source = DatabaseSource.Of(database);
        var sqlServer = FoldedSchema.Of(source.Migrations("sqlserver")).Views
            .ToDictionary(view => view.Key, view => Expression.Plain(TSql.TextOf(view.Value.SelectStatement)).TrimEnd(';'));
        Assert.Equal(SqliteShapes.Views(source.Migrations("sqlite")), sqlServer);
    }

    [Theory]
    [MemberData(nameof(DatabaseSource.Names), MemberType = typeof(DatabaseSource))]
    public void Every_migration_is_there_for_both_engines(string database)
    {
        var source = DatabaseSource.Of(database);
        Assert.Equal(source.Migrations("sqlite").Select(one => one.Name), source.Migrations("sqlserver").Select(one => one.Name));
    }

    [Theory]
    [InlineData("create table things (id int not null primary key);", "table things is on SQL Server only")]
    [InlineData("alter table orders add colour int null;", "column orders.colour is on SQL Server only")]
    [InlineData("create index orders_by_colour on orders (state);", "index orders orders_by_colour is on SQL Server only")]
    [InlineData("drop index orders_by_state on orders;", "index orders orders_by_state is on SQLite only")]
    [InlineData("alter table orders add constraint odd check (revision <> 3);", "check orders: revision <> 3 is on SQL Server only")]
    [InlineData("alter table orders add constraint one unique (state);", "unique key orders state is on SQL Server only")]
    [InlineData("alter table timeline_entries alter column number bigint null;", "timeline_entries.number is not nullable on SQLite only")]
    [InlineData("drop table order_terms;", "table order_terms is on SQLite only")]
    public void A_difference_is_found(string change, string difference)
    {
        var source = DatabaseSource.Of("orders");
        var changed = FoldedSchema.Of([.. source.Migrations("sqlserver"), new MigrationScript("change", change)]);
        var found = SchemaDifferences.Of(SqliteShapes.Of(source.Migrations("sqlite")), SqlServerShapes.Of(changed));
        Assert.Contains(difference, found);
    }

    [Theory]
    [InlineData("created_at", "text", "nvarchar(40)")]
    [InlineData("planned_ship_date", "text", "datetime2(7)")]
    [InlineData("quantity", "integer", "nvarchar(10)")]
    [InlineData("body", "blob", "nvarchar(max)")]
    [InlineData("name", "text", "date")]
    public void A_type_that_says_something_else_is_found(string column, string sqlite, string sqlServer) =>
        Assert.False(TypeMap.Fits(column, sqlite, sqlServer));
}
