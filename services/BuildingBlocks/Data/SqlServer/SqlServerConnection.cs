using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.SqlClient;

namespace OrderTracking.BuildingBlocks.Data.SqlServer;

/// <summary>A connection that knows which command runs, so that it can be cancelled, and refuses changes where it is for reading.</summary>
internal sealed class SqlServerConnection(SqlConnection inner, int commandSeconds, bool isForReading) : DbConnection
{
    private static readonly string[] Queries = ["select", "with"];
    private readonly Lock _gate = new();
    private CancellationToken _watched;
    private SqlCommand? _running;

    public SqlConnection Inner => inner;

    /// <summary>How long a statement may run.</summary>
    public int CommandSeconds => commandSeconds;

    [AllowNull]
    public override string ConnectionString
    {
        get => inner.ConnectionString;
        set => throw new NotSupportedException();
    }

    public override string Database => inner.Database;

    public override string DataSource => inner.DataSource;

    public override string ServerVersion => inner.ServerVersion;

    public override ConnectionState State => inner.State;

    // CA2100: texts are constants of SqlServerStatements. They have no parameters, so they are sent as they are: a transaction begun
    // within sp_executesql would be refused.
#pragma warning disable CA2100
    /// <summary>Runs a statement of the session itself and returns the number of rows it changed.</summary>
    public int Execute(string sql)
    {
        using var command = new SqlCommand(sql, inner) { CommandTimeout = commandSeconds };
        return command.ExecuteNonQuery();
    }

    /// <summary>Runs a query of the session itself.</summary>
    public object? Scalar(string sql)
    {
        using var command = new SqlCommand(sql, inner) { CommandTimeout = commandSeconds };
        return command.ExecuteScalar();
    }
#pragma warning restore CA2100

    /// <summary>A command starts to run.</summary>
    /// <exception cref="OperationCanceledException">The caller has gone meanwhile.</exception>
    /// <exception cref="InvalidOperationException">The connection is for reading and the command changes something.</exception>
    public void Starting(SqlCommand command, bool changes)
    {
        if (isForReading && (changes || !IsQuery(command.CommandText)))
            throw new InvalidOperationException("A read cannot write: use Db.Write.");
        lock (_gate)
        {
            _watched.ThrowIfCancellationRequested();
            _running = command;
        }
    }

    /// <summary>The command that ran has ended.</summary>
    public void Ended()
    {
        lock (_gate)
            _running = null;
    }

    /// <summary>Commands refuse to start once the token is cancelled.</summary>
    public void Watch(CancellationToken cancellation)
    {
        lock (_gate)
            _watched = cancellation;
    }

    /// <summary>Cancels the command that runs. The server ends the statement and leaves the transaction.</summary>
    public void Interrupt()
    {
        lock (_gate)
            _running?.Cancel();
    }

    public override void ChangeDatabase(string databaseName) => throw new NotSupportedException();

    public override void Open() => throw new NotSupportedException();

    public override void Close() => Dispose();

    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) => throw new NotSupportedException();

    protected override DbCommand CreateDbCommand() => new SqlServerCommand(this);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }

    private static bool IsQuery(string sql)
    {
        var text = sql.AsSpan().TrimStart();
        foreach (var word in Queries)
        {
            if (text.StartsWith(word, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }
}
