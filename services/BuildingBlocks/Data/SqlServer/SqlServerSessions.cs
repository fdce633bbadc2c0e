using System.Data;
using System.Data.Common;
using Microsoft.Data.SqlClient;

namespace OrderTracking.BuildingBlocks.Data.SqlServer;

/// <summary>A connection that reads: one snapshot a transaction, and no lock that a writer would wait for.</summary>
internal sealed class SqlServerReadSession(SqlServerConnection connection) : Session
{
    private readonly TransactionWatch _transaction = new(connection);

    public override DbConnection Connection => connection;

    public override bool IsBroken => connection.State != ConnectionState.Open;

    public override bool HasEnded => _transaction.HasEnded;

    public override void Begin() => _transaction.Begin(SqlServerStatements.BeginRead);

    public override void Commit() => connection.Execute(SqlServerStatements.EndRead);

    public override void NoteFailure() => _transaction.Look();

    public override void Dispose() => connection.Dispose();

    protected override void Watch(CancellationToken cancellation) => connection.Watch(cancellation);

    protected override void Interrupt() => connection.Interrupt();
}

/// <summary>The connection of the process's writer: each of its transactions has the database's turn.</summary>
internal sealed class SqlServerWriteSession(SqlServerConnection connection) : WriteSession
{
    private readonly TransactionWatch _transaction = new(connection);

    public override DbConnection Connection => connection;

    public override bool IsBroken => connection.State != ConnectionState.Open;

    public override bool HasEnded => _transaction.HasEnded;

    public override void Begin()
    {
        if (_transaction.Begin(SqlServerStatements.BeginWrite) != 1)
            throw new InvalidOperationException("The table write_turns does not hold exactly one row: writers would not wait for each other.");
    }

    public override void Commit()
    {
        try
        {
            connection.Execute(SqlServerStatements.Commit);
        }
        catch (SqlException error) when (!SqlServerErrors.IsRefusal(error))
        {
            throw new TransactionLostException("The connection was lost while the transaction was committed.", error) { IsRolledBack = false };
        }
    }

    public override void Save() => connection.Execute(SqlServerStatements.Save);

    public override void RollBackToSave() => connection.Execute(SqlServerStatements.RollBackToSave);

    public override void Release()
    {
        // T-SQL forgets a savepoint when the next one has its name, or with the transaction.
    }

    public override void NoteFailure() => _transaction.Look();

    public override void Dispose() => connection.Dispose();

    protected override void Watch(CancellationToken cancellation) => connection.Watch(cancellation);

    protected override void Interrupt() => connection.Interrupt();
}

/// <summary>
/// Knows whether the transaction of a connection is still there. It is asked for after each failure and not after each statement:
/// only a failure ends a transaction.
/// </summary>
internal sealed class TransactionWatch(SqlServerConnection connection)
{
    public bool HasEnded { get; private set; }

    public int Begin(string sql)
    {
        HasEnded = false;
        return connection.Execute(sql);
    }

    public void Look()
    {
        if (HasEnded)
            return;
        try
        {
            var state = connection.State == ConnectionState.Open ? Convert.ToInt32(connection.Scalar(SqlServerStatements.TransactionState), null) : 0;
            if (state < 0)
                connection.Execute(SqlServerStatements.RollBack);
            HasEnded = state != 1;
        }
        catch (DbException)
        {
            // Who cannot even be asked has no transaction for us.
            HasEnded = true;
        }
    }
}
