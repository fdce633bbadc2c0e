using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.SqlClient;

namespace OrderTracking.BuildingBlocks.Data.SqlServer;

/// <summary>A command whose parameters get their final types when it runs, and that can be cancelled until it is disposed.</summary>
internal sealed class SqlServerCommand : DbCommand
{
    private readonly SqlServerConnection _connection;

    public SqlServerCommand(SqlServerConnection connection)
    {
        _connection = connection;
        Inner = connection.Inner.CreateCommand();
        Inner.CommandTimeout = connection.CommandSeconds;
    }

    /// <summary>What is sent.</summary>
    public SqlCommand Inner { get; }

    [AllowNull]
    public override string CommandText
    {
        get => Inner.CommandText;
        // CA2100: this is the door every statement of this library goes through; texts are constants, values are parameters.
#pragma warning disable CA2100
        set => Inner.CommandText = value;
#pragma warning restore CA2100
    }

    public override int CommandTimeout
    {
        get => Inner.CommandTimeout;
        set => Inner.CommandTimeout = value;
    }

    public override CommandType CommandType
    {
        get => Inner.CommandType;
        set => Inner.CommandType = value;
    }

    public override bool DesignTimeVisible { get; set; }

    public override UpdateRowSource UpdatedRowSource
    {
        get => Inner.UpdatedRowSource;
        set => Inner.UpdatedRowSource = value;
    }

    protected override DbConnection? DbConnection
    {
        get => _connection;
        set => throw new NotSupportedException();
    }

    protected override DbParameterCollection DbParameterCollection => Inner.Parameters;

    protected override DbTransaction? DbTransaction { get; set; }

    public override void Cancel() => Inner.Cancel();

    public override int ExecuteNonQuery()
    {
        Start(changes: true);
        return Inner.ExecuteNonQuery();
    }

    public override object? ExecuteScalar()
    {
        Start(changes: false);
        return Inner.ExecuteScalar();
    }

    public override void Prepare()
    {
        // The server keeps plans by the text and the types of the parameters; there is nothing to prepare.
    }

    /// <summary>Gives every parameter its final type.</summary>
    public void Settle()
    {
        foreach (SqlParameter parameter in Inner.Parameters)
            SqlServerParameters.Settle(parameter);
    }

    protected override DbParameter CreateDbParameter() => new SqlParameter();

    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior)
    {
        Start(changes: false);
        // The connection outlives its commands, whatever Dapper asks for.
        return Inner.ExecuteReader(behavior & ~CommandBehavior.CloseConnection);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _connection.Ended();
            Inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Start(bool changes)
    {
        Settle();
        _connection.Starting(Inner, changes);
    }
}
