using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.SqlClient;
using OrderTracking.BuildingBlocks.Data.SqlServer;

namespace OrderTracking.BuildingBlocks.Tests.Data.SqlServer;

/// <summary>Stands for an open connection: keeps the parameters of a command as they would be sent, and sends nothing.</summary>
internal sealed class SeenConnection(SqlServerConnection inner) : DbConnection
{
    public IReadOnlyList<SqlParameter> Sent { get; private set; } = [];

    [AllowNull]
    public override string ConnectionString { get => ""; set => throw new NotSupportedException(); }

    public override string Database => "";

    public override string DataSource => "";

    public override string ServerVersion => "";

    public override ConnectionState State => ConnectionState.Open;

    public override void ChangeDatabase(string databaseName) => throw new NotSupportedException();

    public override void Close()
    {
    }

    public override void Open() => throw new NotSupportedException();

    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) => throw new NotSupportedException();

    protected override DbCommand CreateDbCommand() => new SeenCommand(this, (SqlServerCommand)inner.CreateCommand());

    private sealed class SeenCommand(SeenConnection connection, SqlServerCommand real) : DbCommand
    {
        [AllowNull]
        public override string CommandText { get => real.CommandText; set => real.CommandText = value; }

        public override int CommandTimeout { get => real.CommandTimeout; set => real.CommandTimeout = value; }

        public override CommandType CommandType { get => real.CommandType; set => real.CommandType = value; }

        public override bool DesignTimeVisible { get; set; }

        public override UpdateRowSource UpdatedRowSource { get; set; }

        protected override DbConnection? DbConnection { get => connection; set => throw new NotSupportedException(); }

        protected override DbParameterCollection DbParameterCollection => real.Parameters;

        protected override DbTransaction? DbTransaction { get; set; }

        public override void Cancel()
        {
        }

        public override int ExecuteNonQuery()
        {
            real.Settle();
            connection.Sent = [.. real.Parameters.Cast<SqlParameter>()];
            return 0;
        }

        public override object? ExecuteScalar() => throw new NotSupportedException();

        public override void Prepare()
        {
        }

        protected override DbParameter CreateDbParameter() => real.CreateParameter();

        protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                real.Dispose();
            base.Dispose(disposing);
        }
    }
}
