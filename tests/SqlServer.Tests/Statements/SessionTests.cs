using System.Text.RegularExpressions;
using Microsoft.SqlServer.TransactSql.ScriptDom;
using OrderTracking.BuildingBlocks.Data.SqlServer;
using OrderTracking.SqlServer.Tests.Schema;
using OrderTracking.Statements;

namespace OrderTracking.SqlServer.Tests.Statements;

/// <summary>What is said to SQL Server alone is T-SQL, in which every table and column of ours is known.</summary>
public sealed partial class SessionTests
{
    [Theory]
    [MemberData(nameof(DatabaseSource.Names), MemberType = typeof(DatabaseSource))]
    public void What_sessions_say_compiles(string database)
    {
        // What names objects of the server itself is read for its syntax: DacFx does not know the server's own here.
        var own = SessionStatements.All.Where(text => !OfTheServer().IsMatch(text)).ToList();
        Assert.Contains(SqlServerStatements.BeginWrite.ReplaceLineEndings("\n"), own);
        Assert.Empty(Compilation.Faults([.. own.Select(Form)], WithLedger(database)));
        foreach (var text in SessionStatements.All)
            TSql.Parse(text, "session");
    }

    [Theory]
    [InlineData("update write_turns set turns = turns + 1", "turns")]
    [InlineData("select colour from schema_migrations", "colour")]
    [InlineData("begin transction", "Incorrect syntax")]
    public void What_is_not_there_is_found(string text, string fault) =>
        Assert.Contains(fault, Assert.Single(Compilation.Faults([Form(text)], WithLedger("orders"))), StringComparison.Ordinal);

    private static SqlServerForm Form(string text) =>
        new(text, [.. Parameter().Matches(text).Select(match => $"{match.Value} sql_variant").Distinct().Order(StringComparer.Ordinal)]);

    private static FoldedSchema WithLedger(string database)
    {
        var schema = FoldedSchema.Of(DatabaseSource.Of(database).Migrations("sqlserver"));
        var made = (IfStatement)TSql.Parse(SqlServerSchemaStatements.Ledger, "ledger").Batches[0].Statements[0];
        var ledger = (CreateTableStatement)made.ThenStatement;
        schema.Tables.Add(FoldedSchema.NameOf(ledger.SchemaObjectName), ledger);
        return schema;
    }

    [GeneratedRegex(@"\bsys\.|\bsp_|\bdatabase\b|\bcreate table\b")]
    private static partial Regex OfTheServer();

    [GeneratedRegex(@"@\w+")]
    private static partial Regex Parameter();
}
