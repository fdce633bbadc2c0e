using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace OrderTracking.BuildingBlocks.Data.Sqlite;

/// <summary>
/// A connection that keeps the statements it has prepared. Dapper makes a command a call and SQLite prepares a command a text:
/// without this, parsing SQL costs more than running it.
/// </summary>
internal sealed class PreparedConnection(SqliteConnection inner) : DbConnection
{
    private const int StatementsMax = 500;

    // Some 10 microseconds: far below any deadline, far above what asking costs.
    private const int InstructionsBetweenLooks = 1_000;
    private readonly Dictionary<string, SqliteCommand> _idle = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Sql, Type? Parameters), BoundStatement?> _bound = [];

    // The same statements by the text's reference: most texts are constants, and comparing them costs more than binding.
    private readonly Dictionary<(TextReference Sql, Type? Parameters), BoundStatement?> _boundByReference = [];
    private CancellationToken _watched;
    private bool _looking;

    public SqliteConnection Inner => inner;

    /// <summary>The statements run from now on end with SQLITE_INTERRUPT when the token is cancelled.</summary>
    public void Watch(CancellationToken cancellation)
    {
        if (!_looking)
            raw.sqlite3_progress_handler(inner.Handle, InstructionsBetweenLooks, _ => _watched.IsCancellationRequested ? 1 : 0, null);
        _looking = true;
        _watched = cancellation;
    }

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

    /// <summary>Runs a statement without parameters.</summary>
    public void Execute(string sql)
    {
        if (Bound(sql, null) is { } bound)
        {
            bound.Execute(null);
            return;
        }

        var command = Rent(sql);
        command.ExecuteNonQuery();
        Return(command);
    }

    /// <summary>A statement with its parameters in place; null where Dapper has to make them.</summary>
    /// <param name="sql">Its text.</param>
    /// <param name="parameters">The type of the object whose properties are its parameters; null: it has none.</param>
    public BoundStatement? Bound(string sql, Type? parameters)
    {
        var reference = (new TextReference(sql), parameters);
        if (_boundByReference.TryGetValue(reference, out var known))
            return known;
        if (!_bound.TryGetValue((sql, parameters), out known))
        {
            if (_bound.Count == StatementsMax)
                DropStatements();
            known = _bound[(sql, parameters)] = BoundStatement.Of(inner, sql, parameters);
        }

        if (_boundByReference.Count == StatementsMax)
            _boundByReference.Clear();
        return _boundByReference[reference] = known;
    }

    // CA2100: this is the door every statement of this library goes through; texts are constants, values are parameters.
#pragma warning disable CA2100
    public SqliteCommand Rent(string sql)
    {
        if (_idle.Remove(sql, out var kept))
            return kept;
        var command = inner.CreateCommand();
        command.CommandText = sql;
        // Without this a statement whose reader was not read to the end would be parsed again each time.
        command.Prepare();
        return command;
    }
#pragma warning restore CA2100

    public void Return(SqliteCommand command)
    {
        command.Parameters.Clear();
        if (_idle.Count == StatementsMax)
            DropStatements();
        if (!_idle.TryAdd(command.CommandText, command))
            command.Dispose();
    }

    public override void ChangeDatabase(string databaseName) => throw new NotSupportedException();

    public override void Open() => throw new NotSupportedException();

    public override void Close() => Dispose();

    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) => throw new NotSupportedException();

    protected override DbCommand CreateDbCommand() => new PreparedCommand(this);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            DropStatements();
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private void DropStatements()
    {
        foreach (var command in _idle.Values)
            command.Dispose();
        _idle.Clear();
        foreach (var statement in _bound.Values)
            statement?.Dispose();
        _bound.Clear();
        _boundByReference.Clear();
    }

    private readonly struct TextReference(string text) : IEquatable<TextReference>
    {
        private readonly string _text = text;

        public bool Equals(TextReference other) => ReferenceEquals(_text, other._text);

        public override bool Equals(object? obj) => obj is TextReference other && Equals(other);

        public override int GetHashCode() => RuntimeHelpers.GetHashCode(_text);
    }
}
