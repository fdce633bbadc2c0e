using OrderTracking.BuildingBlocks.Data;

[assembly: Xunit.AssemblyFixture(typeof(OrderTracking.Statements.StatementRecording))]

namespace OrderTracking.Statements;

/// <summary>
/// Records the statements the tests of this assembly make the service run, and holds them against the file of what is compiled for SQL
/// Server: one that is not in it has never been seen by anything that knows SQL Server.
/// </summary>
public sealed class StatementRecording : IDisposable
{
    /// <summary>Set to <c>all</c> on a run of all tests of the assembly: the file is written anew. <c>add</c>: what is missing is added.</summary>
    private const string Update = "ORDERTRACKING_UPDATE_STATEMENTS";

    private readonly StatementLog _log = new(typeof(StatementRecording).Assembly);

    public StatementRecording() => StatementLog.Current = _log;

    public void Dispose()
    {
        StatementLog.Current = null;
        var database = RecordedStatements.Database;
        var recorded = RecordedStatements.Of(_log);
        var update = Environment.GetEnvironmentVariable(Update);
        var kept = update == "all" ? [] : StatementFile.Read(database);
        // What every database is told may come up in any of them.
        var known = kept.Concat(update == "all" ? [] : StatementFile.Read(RecordedStatements.EveryDatabase))
            .Select(one => one.Text).ToHashSet(StringComparer.Ordinal);
        var missing = recorded.Where(one => !known.Contains(one.Text)).ToList();
        if (update is "all" or "add")
            StatementFile.Write(database, kept.Concat(missing).OrderBy(one => one.Text, StringComparer.Ordinal));
        else if (missing.Count > 0)
            throw new InvalidOperationException(
                $"{missing.Count} statements are not in {StatementFile.PathOf(database)}. Run these tests with {Update}=add, then "
                + $"tests/SqlServer.Tests, and look at what changed:\n{string.Join("\n\n", missing.Select(one => one.Text))}");
    }
}

/// <summary>What was recorded, as SQL Server is told it.</summary>
internal static class RecordedStatements
{
    /// <summary>The file of what the library tells every database.</summary>
    public const string EveryDatabase = "every-database";

    /// <summary>The database whose statements the tests of this assembly run.</summary>
    public static string Database { get; } = typeof(RecordedStatements).Assembly.GetName().Name switch
    {
        "OrderTracking.OrderService.Tests" => "orders",
        "OrderTracking.ShipmentService.Tests" => "shipments",
        "OrderTracking.ComplianceService.Tests" => "compliance",
        _ => EveryDatabase,
    };

    public static IReadOnlyList<SqlServerForm> Of(StatementLog log) =>
        [.. log.Statements.Select(one => SqlServerForm.Of(one.Key, one.Value)).OrderBy(one => one.Text, StringComparer.Ordinal)];
}
