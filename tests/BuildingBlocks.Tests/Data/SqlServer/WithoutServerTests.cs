using System.Data;
using Dapper;
using Microsoft.Data.SqlClient;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Data.SqlServer;

namespace OrderTracking.BuildingBlocks.Tests.Data.SqlServer;

/// <summary>What can be known of SQL Server without one: what is said to it, in which types, and what its errors mean.</summary>
public sealed class WithoutServerTests
{
    [Fact]
    public void A_writer_takes_the_turn_as_the_first_statement_of_its_transaction()
    {
        var statements = SqlServerStatements.BeginWrite.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(
            ["set xact_abort off", "set transaction isolation level read committed", "begin transaction", "update write_turns set turn = turn + 1"], statements);
    }

    [Fact]
    public void What_is_said_about_transactions_is_this()
    {
        Assert.Equal(
            ["save transaction caller", "rollback transaction caller", "commit transaction", "rollback transaction", "select xact_state()"],
            [SqlServerStatements.Save, SqlServerStatements.RollBackToSave, SqlServerStatements.Commit, SqlServerStatements.RollBack, SqlServerStatements.TransactionState]);
        Assert.StartsWith("set transaction isolation level snapshot", SqlServerStatements.BeginRead, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2627, true, false)]
    [InlineData(2601, true, false)]
    [InlineData(547, false, false)]
    [InlineData(8152, false, false)]
    [InlineData(3952, false, false)]
    [InlineData(1205, false, true)]
    [InlineData(3960, false, true)]
    [InlineData(-2, false, true)]
    [InlineData(10054, false, true)]
    [InlineData(40613, false, true)]
    [InlineData(18456, false, false)]
    public void Errors_are_recognised_by_their_numbers(int number, bool isUniqueViolation, bool isTransient)
    {
        var error = SqlErrors.Of(number);
        Assert.Equal(
            (isUniqueViolation, isTransient, isTransient),
            (Dialect.SqlServer.IsUniqueViolation(error), Dialect.SqlServer.IsTransient(error), Dialect.IsTransientAnywhere(error)));
        Assert.False(Dialect.Sqlite.IsTransient(error) || Dialect.Sqlite.IsUniqueViolation(error));
    }

    [Fact]
    public void A_lost_connection_is_transient_whatever_its_number() =>
        Assert.True(Dialect.SqlServer.IsTransient(SqlErrors.Of(4014, errorClass: 20)));

    [Theory]
    [InlineData(3902, 16, true)]
    [InlineData(-2, 11, false)]
    [InlineData(10054, 20, false)]
    [InlineData(0, 20, false)]
    public void A_commit_was_refused_only_where_the_server_says_so(int number, byte errorClass, bool isRefusal) =>
        Assert.Equal(isRefusal, SqlServerErrors.IsRefusal(SqlErrors.Of(number, errorClass)));

    [Fact]
    public async Task A_server_that_is_not_there_is_transient_and_named_at_the_start()
    {
        using var directory = new TemporaryDirectory();
        // A port of the loopback nobody listens on.
        var nowhere = new SqlServerOptions { ConnectionString = "Server=tcp:127.0.0.1,1;Database=orders;User Id=sa;Password=hidden-1;Connect Timeout=2;Encrypt=false" };
        await using var db = new ThingsDb(
            new DbOptions { ConnectionName = "things", DataDirectory = directory.Path, SqlServer = nowhere },
            Microsoft.Extensions.Logging.Abstractions.NullLogger<ThingsDb>.Instance);
        var written = await Assert.ThrowsAnyAsync<Exception>(() => db.Write(tx => ThingsDb.Insert(tx, "lost")));
        Assert.True(Dialect.IsTransientAnywhere(written), written.ToString());
        var read = await Assert.ThrowsAnyAsync<Exception>(() => db.Count());
        Assert.True(Dialect.IsTransientAnywhere(read), read.ToString());
        foreach (var start in (Func<Task>[])[() => db.CheckSchema(CancellationToken.None), () => db.Migrate(CancellationToken.None)])
        {
            var refused = await Assert.ThrowsAsync<InvalidOperationException>(start);
            Assert.Contains("ConnectionStrings:things", refused.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("hidden-1", refused.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_sessions_keep_their_connections_to_themselves()
    {
        var text = new SqlConnectionStringBuilder(SqlServerEngine.ConnectionStringOf("orders", "Server=s;Database=d;Pooling=true;MultipleActiveResultSets=true"));
        Assert.Equal(
            (false, 0, false, false, "OrderTracking orders"),
            (text.Pooling, text.ConnectRetryCount, text.Enlist, text.MultipleActiveResultSets, text.ApplicationName));
        Assert.Equal("mine", new SqlConnectionStringBuilder(SqlServerEngine.ConnectionStringOf("orders", "Server=s;Application Name=mine")).ApplicationName);
    }

    [Fact]
    public void A_database_name_is_quoted_where_it_is_made() =>
        Assert.Equal("create database [a]]b]", SqlServerSchemaStatements.Create("a]b")[0]);

    [Fact]
    public void Values_are_sent_in_the_types_of_their_columns_and_in_few_sizes()
    {
        var (id, at, day) = (new Guid("ABCDEF01-2345-6789-ABCD-EF0123456789"), new DateTimeOffset(2025, 1, 2, 3, 4, 5, TimeSpan.FromHours(2)), new DateOnly(2025, 1, 2));
        Guid? noId = null;
        DateTimeOffset? noTime = null;
        byte[]? noBody = null;
        string? noText = null;
        var sent = Sent(new { id, at, day, price = 1.50m, text = "a", longText = new string('a', 4001), body = new byte[3], noId, noTime, noBody, noText, count = 5L, yes = true });

        Assert.Equal((SqlDbType.Char, 36, "abcdef01-2345-6789-abcd-ef0123456789"), Shape(sent["id"]));
        Assert.Equal((SqlDbType.DateTime2, new DateTime(2025, 1, 2, 1, 4, 5, DateTimeKind.Utc)), (sent["at"].SqlDbType, sent["at"].Value));
        Assert.Equal((SqlDbType.Date, new DateTime(2025, 1, 2)), (sent["day"].SqlDbType, sent["day"].Value));
        Assert.Equal((SqlDbType.VarChar, 40, "1.50"), Shape(sent["price"]));
        Assert.Equal((SqlDbType.NVarChar, 4000, "a"), Shape(sent["text"]));
        Assert.Equal((SqlDbType.NVarChar, -1), (sent["longText"].SqlDbType, sent["longText"].Size));
        Assert.Equal((SqlDbType.VarBinary, -1), (sent["body"].SqlDbType, sent["body"].Size));
        Assert.Equal((SqlDbType.Char, 36, DBNull.Value), Shape(sent["noId"]));
        Assert.Equal((SqlDbType.DateTime2, DBNull.Value), (sent["noTime"].SqlDbType, sent["noTime"].Value));
        Assert.Equal((SqlDbType.VarBinary, -1, DBNull.Value), Shape(sent["noBody"]));
        Assert.Equal((SqlDbType.NVarChar, 4000, DBNull.Value), Shape(sent["noText"]));
        Assert.Equal((SqlDbType.BigInt, SqlDbType.Bit), (sent["count"].SqlDbType, sent["yes"].SqlDbType));
        Assert.Equal(7, sent["at"].Scale);
    }

    [Fact]
    public void Members_of_lists_are_sent_as_single_values_are()
    {
        var sent = Sent(new { ids = new[] { Guid.Empty }, days = new[] { new DateOnly(2025, 1, 2) }, times = new[] { DateTimeOffset.UnixEpoch }, texts = new[] { "a" } });
        Assert.Equal((SqlDbType.Char, 36, Guid.Empty.ToString()), Shape(sent["ids1"]));
        Assert.Equal(SqlDbType.Date, sent["days1"].SqlDbType);
        Assert.Equal((SqlDbType.DateTime2, new DateTime(1970, 1, 1)), (sent["times1"].SqlDbType, sent["times1"].Value));
        Assert.Equal((SqlDbType.NVarChar, 4000, "a"), Shape(sent["texts1"]));
    }

    [Fact]
    public void A_read_connection_refuses_what_is_no_query_before_it_is_sent()
    {
        using var connection = new SqlServerConnection(new SqlConnection(), 30, isForReading: true);
        foreach (var sql in (string[])["delete from things", "  update things set size = 1", "insert into things select 1"])
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            var error = Assert.Throws<InvalidOperationException>(() => command.ExecuteReader());
            Assert.Contains("cannot write", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_statement_does_not_start_for_a_caller_who_has_gone()
    {
        using var connection = new SqlServerConnection(new SqlConnection(), 30, isForReading: false);
        connection.Watch(new CancellationToken(canceled: true));
        using var command = connection.CreateCommand();
        command.CommandText = "delete from things";
        Assert.Throws<OperationCanceledException>(() => command.ExecuteNonQuery());
    }

    private static (SqlDbType Type, int Size, object Value) Shape(SqlParameter parameter) => (parameter.SqlDbType, parameter.Size, parameter.Value);

    /// <summary>What Dapper and the command make of parameters, as it would be sent.</summary>
    private static Dictionary<string, SqlParameter> Sent(object parameters)
    {
        TypeHandlers.Register();
        using var connection = new SqlServerConnection(new SqlConnection(), 30, isForReading: false);
        using var seen = new SeenConnection(connection);
        var names = parameters.GetType().GetProperties().Select(one =>
            one.PropertyType.IsArray && one.PropertyType != typeof(byte[]) ? $"a in @{one.Name}" : $"a = @{one.Name}");
        seen.Execute($"select 1 where {string.Join(" or ", names)}", parameters);
        return seen.Sent.ToDictionary(one => one.ParameterName.TrimStart('@'));
    }
}
