using System.Reflection;
using System.Text.RegularExpressions;
using OrderTracking.SqlServer.Tests.Schema;
using OrderTracking.Statements;

namespace OrderTracking.SqlServer.Tests.Statements;

/// <summary>
/// Every SQL text in the services' code was run by a test, and so was recorded and compiled: what a test never ran would be seen by SQL
/// Server first.
/// </summary>
public sealed partial class CompletenessTests
{
    // The last is written by hand: statements of compliance that only tests of the whole system run.
    private static readonly string[] Files = ["orders", "shipments", "compliance", "every-database", "unrun"];

    // Said to SQLite only, by the code that knows it: the ledger of migrations, a restored file's events, which are sent again, and the side
    // of Dialect.Of whose other side is recorded.
    private static readonly string[] OfSqlite = ["schema_migrations", "sqlite_master", "update outbox set published_at = null", "returning seq as Seq", "json_each(@ids)"];

    [Fact]
    public void What_is_written_by_hand_is_run_by_no_test_of_a_service()
    {
        var recorded = Files[..^1].SelectMany(StatementFile.Read).Select(statement => statement.Text).ToHashSet(StringComparer.Ordinal);
        Assert.DoesNotContain(StatementFile.Read(Files[^1]), statement => recorded.Contains(statement.Text));
    }

    [Fact]
    public void Every_sql_text_of_the_code_is_in_a_recorded_statement()
    {
        var recorded = Files.SelectMany(StatementFile.Read).Select(statement => Plain(statement.Text)).ToList();
        var missing = Missing(DatabaseSource.All.SelectMany(source => source.Assemblies).Distinct(), recorded);
        Assert.True(missing.Count == 0, $"No test ran:\n{string.Join("\n\n", missing)}");
    }

    [Fact]
    public void A_text_that_no_test_ran_is_found()
    {
        var without = Files.SelectMany(StatementFile.Read).Select(statement => Plain(statement.Text))
            .Where(text => !text.Contains("insert into inbox", StringComparison.Ordinal)).ToList();
        Assert.Contains(
            Missing([Assembly.Load("OrderTracking.BuildingBlocks")], without), text => text.Contains("insert into inbox", StringComparison.Ordinal));
    }

    private static List<string> Missing(IEnumerable<Assembly> assemblies, List<string> recorded) =>
    [
        .. assemblies.SelectMany(StatementTexts.Of).Distinct()
            .Where(text => !OfSqlite.Any(mark => text.Contains(mark, StringComparison.Ordinal)) && !SessionStatements.All.Contains(text))
            .Where(text => !recorded.Any(statement => Pieces(text).All(piece => statement.Contains(Plain(piece), StringComparison.Ordinal))))
            .Order(StringComparer.Ordinal),
    ];

    // Where a text has a place for a comparison, what stands around it.
    private static string[] Pieces(string text) => text.Split("{0}");

    // A list stands in a recorded statement with its members.
    private static string Plain(string text) => List().Replace(Expression.Plain(text), "in (@$1");

    [GeneratedRegex(@"\bin \(?@([A-Za-z]+)\d?(, @\w+\))?")]
    private static partial Regex List();
}
