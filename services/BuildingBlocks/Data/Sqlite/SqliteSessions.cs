using System.Data.Common;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace OrderTracking.BuildingBlocks.Data.Sqlite;

/// <summary>A connection that reads: one snapshot a transaction.</summary>
internal sealed class SqliteReadSession(PreparedConnection connection) : Session
{
    public override DbConnection Connection => connection;

    public override bool HasEnded => raw.sqlite3_get_autocommit(connection.Inner.Handle) != 0;

    public override void Begin() => connection.Execute("begin deferred");

    public override void Commit() => connection.Execute("commit");

    public override void Dispose() => connection.Dispose();

    protected override void Watch(CancellationToken cancellation) => connection.Watch(cancellation);

    protected override void Interrupt() => raw.sqlite3_interrupt(connection.Inner.Handle);
}

/// <summary>The connection of a file's writer.</summary>
internal sealed class SqliteWriteSession(PreparedConnection connection, WriterTurn turn) : WriteSession
{
    public override DbConnection Connection => connection;

    // Some failures (disk full, I/O error, an interrupted change) end the whole transaction.
    public override bool HasEnded => raw.sqlite3_get_autocommit(connection.Inner.Handle) != 0;

    public override void Begin() => turn.Begin(connection.Inner);

    public override void Commit()
    {
        try
        {
            connection.Execute("commit");
        }
        catch (SqliteException error) when (error.SqliteErrorCode == raw.SQLITE_IOERR)
        {
            // What was written before the flush failed may be found by the recovery after a power cut.
            throw new TransactionLostException("The file could not be flushed while the transaction was committed.", error) { IsRolledBack = false };
        }
    }

    public override void Save() => connection.Execute("savepoint caller");

    public override void RollBackToSave() => connection.Execute("rollback to caller");

    public override void Release() => connection.Execute("release caller");

    public override void Dispose() => connection.Dispose();

    protected override void Watch(CancellationToken cancellation) => connection.Watch(cancellation);

    protected override void Interrupt() => raw.sqlite3_interrupt(connection.Inner.Handle);
}
