namespace OrderTracking.SqlServer.Tests.Schema;

/// <summary>The migrations for SQL Server make a schema in which every name is known and every key fits.</summary>
public sealed class MigrationTests
{
    private const int ClusteredKeyBytesMax = 900;
    private const int IndexKeyBytesMax = 1700;

    [Theory]
    [MemberData(nameof(DatabaseSource.Names), MemberType = typeof(DatabaseSource))]
    public void Everything_a_migration_names_is_there(string database)
    {
        var schema = FoldedSchema.Of(DatabaseSource.Of(database).Migrations("sqlserver"));
        using var model = new SchemaModel(schema);
        var index = 0;
        foreach (var (migration, text) in schema.Rows)
            Assert.Null(model.TryAdd($"create procedure rows_{index++} as {text}", migration));
        Assert.Empty(model.Faults());
        Assert.NotEmpty(schema.Tables);
    }

    [Theory]
    [MemberData(nameof(DatabaseSource.Names), MemberType = typeof(DatabaseSource))]
    public void Every_key_fits_into_an_index(string database)
    {
        foreach (var (name, table) in SqlServerShapes.Of(FoldedSchema.Of(DatabaseSource.Of(database).Migrations("sqlserver"))))
        {
            // The backlog is one row without a key, on both engines.
            Assert.True(table.PrimaryKey.Length == 0 || KeyBytes(table, table.PrimaryKey) <= ClusteredKeyBytesMax, $"The primary key of {name} is too long.");
            foreach (var key in table.UniqueKeys)
                Assert.True(KeyBytes(table, key) <= IndexKeyBytesMax, $"The key {key} of {name} is too long.");
            foreach (var (index, described) in table.Indexes)
                Assert.True(
                    KeyBytes(table, described[(described.IndexOf('(', StringComparison.Ordinal) + 1)..described.IndexOf(')', StringComparison.Ordinal)]) <= IndexKeyBytesMax,
                    $"The index {index} is too long.");
        }
    }

    [Theory]
    [InlineData("merge orders as o using orders as p on o.id = p.id when matched then delete;")]
    [InlineData("create table things (id int not null primary key, colour int not null, index things_by_colour (colour));")]
    [InlineData("alter table orders add colour int null, shape int null;")]
    [InlineData("create or alter view seen as select id from orders;")]
    [InlineData("create synonym others for orders;")]
    [InlineData("create table dbo.things (id int not null primary key);")]
    [InlineData("exec sp_rename 'orders', 'others';")]
    [InlineData("create trigger early on orders instead of update as begin set nocount on; end;")]
    [InlineData("drop index orders_by_colour on orders;")]
    [InlineData("create table things (id int not null primry key);")]
    public void What_is_not_of_the_plain_middle_is_refused(string statement)
    {
        MigrationScript[] migrations = [.. DatabaseSource.Of("orders").Migrations("sqlserver"), new("change", statement)];
        Assert.Throws<InvalidOperationException>(() => FoldedSchema.Of(migrations));
    }

    [Theory]
    [InlineData("create trigger odd on orders after update as begin set nocount on; if exists (select 1 from inserted where colour = 1) throw 50000, 'x', 1; end;")]
    [InlineData("create view odd as select colour from orders;")]
    [InlineData("create view odd as select id from nothing;")]
    [InlineData("create index odd on orders (colour);")]
    [InlineData("alter table orders add constraint odd check (colour > 1);")]
    [InlineData("create table odd (id char(36) collate Latin1_General_100_BIN2 not null references nothing (id));")]
    public void A_name_that_is_not_there_is_found(string statement)
    {
        var schema = FoldedSchema.Of([.. DatabaseSource.Of("orders").Migrations("sqlserver"), new MigrationScript("change", statement)]);
        var found = Record.Exception(() =>
        {
            using var model = new SchemaModel(schema);
            Assert.Empty(model.Faults());
        });
        Assert.NotNull(found);
    }

    private static int KeyBytes(TableShape table, string columns) => columns.Split(", ").Sum(column => BytesOf(table.Columns[column].Type));

    private static int BytesOf(string type) => type.Split('(', ')') switch
    {
        ["nvarchar", "max", _] or ["varchar", "max", _] => throw new InvalidOperationException("A text without an end is no key."),
        ["nvarchar", var length, _] => 2 * int.Parse(length, System.Globalization.CultureInfo.InvariantCulture),
        ["varchar" or "char", var length, _] => int.Parse(length, System.Globalization.CultureInfo.InvariantCulture),
        ["datetime2", ..] or ["bigint"] or ["bigint identity"] => 8,
        ["int"] => 4,
        ["date"] => 3,
        _ => throw new InvalidOperationException($"How long a key of {type} is is not known."),
    };
}
