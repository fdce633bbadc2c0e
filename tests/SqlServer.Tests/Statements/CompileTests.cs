using System.Globalization;
using OrderTracking.SqlServer.Tests.Schema;
using OrderTracking.Statements;

namespace OrderTracking.SqlServer.Tests.Statements;

/// <summary>
/// Every statement the services were seen to run is one SQL Server takes: each becomes a procedure in the migrated schema, so that every
/// table, column and parameter in it must be there, and is held against what a server refuses beyond names.
/// </summary>
public sealed class CompileTests
{
    [Theory]
    [InlineData("orders", "orders")]
    [InlineData("shipments", "shipments")]
    [InlineData("compliance", "compliance")]
    [InlineData("every-database", "orders")]
    [InlineData("unrun", "compliance")]
    public void Every_statement_compiles(string file, string database)
    {
        var statements = StatementFile.Read(file);
        Assert.NotEmpty(statements);
        Assert.Empty(Compilation.Faults(statements, database));
        TestContext.Current.TestOutputHelper!.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{file}: {statements.Count} statements"));
    }

    [Theory]
    [InlineData("select colour from orders where id = @id", "colour")]
    [InlineData("select o.colour from orders o join order_terms t on t.order_id = o.id", "colour")]
    [InlineData("select id from nothing", "nothing")]
    [InlineData("select id from orders where id in (select colour from order_terms t)", "colour")]
    [InlineData("insert into orders (colour) values (@id)", "colour")]
    [InlineData("update orders set colour = 1 where id = @id", "colour")]
    [InlineData("delete from orders where colour = @id", "colour")]
    [InlineData("select id frm orders where", "Incorrect syntax")]
    [InlineData("select id from orders order by seq limit @id", "Expected OFFSET")]
    [InlineData("select id from orders where id = 'a' || @id", "Incorrect syntax")]
    [InlineData("select rule from orders", "Incorrect syntax")]
    [InlineData("select (revision = 1) as First from orders", "Incorrect syntax")]
    [InlineData("select x from (select id as x from orders) where x = 'a'", "Incorrect syntax")]
    [InlineData("select id from orders where id = @other", "@other is no parameter")]
    [InlineData("select seq from orders order by seq desc, seq desc", "twice in order by")]
    [InlineData("select x.id from (select id from orders order by seq) x", "ORDER BY clause")]
    [InlineData("insert into order_terms (kind, value, order_id) values (@id, @id)", "3 columns, 2 values")]
    [InlineData("insert into order_terms (kind, kind, order_id) values (@id, @id, @id)", "given twice")]
    [InlineData("select revision from orders o join order_revisions r on r.order_id = o.id", "several tables")]
    [InlineData("select state, count(*) from orders", "neither grouped")]
    [InlineData("select state, count(*) from orders group by exporter", "neither grouped")]
    [InlineData("select distinct state from orders order by seq", "distinct rows")]
    [InlineData("select id from orders where created_at > @id", "created_at is Instant")]
    [InlineData("select id from orders where revision in (@id)", "revision is Number")]
    [InlineData("update orders set created_at = @id", "created_at is Instant")]
    [InlineData("insert into order_revisions (recorded_at) values ('2025-04-09')", "recorded_at is Instant")]
    public void What_a_server_refuses_is_found(string text, string fault) =>
        Assert.Contains(fault, Assert.Single(Compilation.Faults([new SqlServerForm(text, ["@id char(36)"])], "orders")), StringComparison.Ordinal);

    [Fact]
    public void A_fault_is_found_among_statements_that_have_none()
    {
        var statements = StatementFile.Read("orders").Append(new SqlServerForm("select colour from orders", []));
        Assert.Single(Compilation.Faults([.. statements], "orders"));
    }
}
