namespace OrderTracking.BuildingBlocks.Data.SqlServer;

/// <summary>What the sessions say to SQL Server besides the statements of the services.</summary>
internal static class SqlServerStatements
{
    /// <summary>Waits until every writer before has committed, on whatever replica: writers run one after another, as on SQLite.</summary>
    public const string TakeTurn = "update write_turns set turn = turn + 1";

    // A failed statement must leave the transaction of the batch to the others: xact_abort stays off.
    public const string BeginWrite = $"""
        set xact_abort off;
        set transaction isolation level read committed;
        begin transaction;
        {TakeTurn};
        """;

    public const string Save = "save transaction caller";

    public const string RollBackToSave = "rollback transaction caller";

    public const string Commit = "commit transaction";

    public const string RollBack = "rollback transaction";

    /// <summary>1: there is a transaction; 0: there is none; -1: it can only be rolled back.</summary>
    public const string TransactionState = "select xact_state()";

    public const string BeginRead = """
        set transaction isolation level snapshot;
        begin transaction;
        """;

    /// <summary>A read ends by rolling back: had it written, nothing would stay.</summary>
    public const string EndRead = RollBack;

    /// <summary>Every statement, for whoever compiles them.</summary>
    public static IReadOnlyList<string> All { get; } = [TakeTurn, BeginWrite, Save, RollBackToSave, Commit, RollBack, TransactionState, BeginRead, EndRead];
}
