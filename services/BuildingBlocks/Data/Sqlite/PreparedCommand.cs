using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace OrderTracking.BuildingBlocks.Data.Sqlite;

/// <summary>
/// A command that borrows a prepared statement by its text when it runs. Not before: Dapper sets a text first and rewrites it
/// when it has expanded a list.
/// </summary>
internal sealed class PreparedCommand(PreparedConnection connection) : DbCommand
{
    private readonly SqliteCommand _draft = new();
    private SqliteCommand? _statement;

    [AllowNull]
    public override string CommandText
    {
        get => _draft.CommandText;
        // CA2100: see PreparedConnection.Rent.
#pragma warning disable CA2100
        set => _draft.CommandText = value;
#pragma warning restore CA2100
    }

    public override int CommandTimeout { get; set; }

    public override CommandType CommandType { get; set; } = CommandType.Text;

    public override bool DesignTimeVisible { get; set; }

    public override UpdateRowSource UpdatedRowSource { get; set; }

    protected override DbConnection? DbConnection
    {
        get => connection;
        set => throw new NotSupportedException();
    }

    protected override DbParameterCollection DbParameterCollection => _draft.Parameters;

    protected override DbTransaction? DbTransaction { get; set; }

    public override void Cancel()
    {
    }

    public override int ExecuteNonQuery() => Statement().ExecuteNonQuery();

    public override object? ExecuteScalar() => Statement().ExecuteScalar();

    public override void Prepare()
    {
    }

    protected override DbParameter CreateDbParameter() => new SqliteParameter();

    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) =>
        // The connection outlives its commands, whatever Dapper asks for.
        Statement().ExecuteReader(behavior & ~CommandBehavior.CloseConnection);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            GiveBack();
            _draft.Dispose();
        }

        base.Dispose(disposing);
    }

    private SqliteCommand Statement()
    {
        if (_statement is null || _statement.CommandText != CommandText)
        {
            GiveBack();
            _statement = connection.Rent(CommandText);
        }

        _statement.Parameters.Clear();
        foreach (SqliteParameter parameter in _draft.Parameters)
        {
            // Dapper hands the members of a list over without asking the type handlers.
            parameter.Value = TypeHandlers.Stored(parameter.Value);
            _statement.Parameters.Add(parameter);
        }

        return _statement;
    }

    private void GiveBack()
    {
        if (_statement is not null)
            connection.Return(_statement);
        _statement = null;
    }
}
