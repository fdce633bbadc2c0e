using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.OrderService;
using OrderTracking.OrderService.Orders;
using OrderTracking.Orders.V1;
using OrderTracking.TestKit;
using PlaceOrder = OrderTracking.OrderService.Orders.PlaceOrder;

namespace OrderTracking.Benchmarks.Placing;

/// <summary>
/// The limit of PlaceOrder: one thread in this process runs on a file of the same tables what the product runs for an order, prepared, with nothing
/// around it. Which statements and rows these are is read from the product, so that they cannot come apart.
/// </summary>
internal sealed class OrderFile : IDisposable
{
    private static readonly string[] Tables = ["orders", "order_revisions", "order_terms", "timeline_entries", "outbox", "requests"];

    private readonly string _directory;
    private readonly SqliteConnection _connection;
    private readonly List<Statement> _statements = [];
    private readonly SqliteCommand _begin;
    private readonly SqliteCommand _commit;

    private OrderFile(string directory)
    {
        _directory = directory;
        _connection = new SqliteConnection($"Data Source={Path.Combine(directory, "orders.db")};Pooling=False");
        _connection.Open();
        Run("pragma foreign_keys = on; pragma journal_mode = wal; pragma synchronous = full; pragma wal_autocheckpoint = 8000;");
        (_begin, _commit) = (Command("begin immediate"), Command("commit"));
    }

    /// <summary>Statements an order takes.</summary>
    public int Count => _statements.Count;

    /// <summary>Where the file is, under the name the product gives it.</summary>
    public string Folder => _directory;

    public static async Task<OrderFile> Make()
    {
        var directory = Directory.CreateTempSubdirectory("ordertracking-limit-").FullName;
        var ids = await PlaceOne(directory);
        var file = new OrderFile(directory);
        file.Read(ids);
        return file;
    }

    /// <summary>Orders in a second, so many under one commit.</summary>
    public double Insert(int batch, TimeSpan span)
    {
        var placed = 0L;
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < span)
        {
            _begin.ExecuteNonQuery();
            for (var number = 0; number < batch; number++)
                InsertOne(_statements);
            _commit.ExecuteNonQuery();
            placed += batch;
        }

        return placed / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    /// <summary>Stores orders whose events have been delivered long ago: what the product keeps of them, without their outbox rows.</summary>
    /// <returns>Some of their ids, spread over all.</returns>
    public IReadOnlyList<string> Fill(long orders, int samples)
    {
        const int Batch = 10_000;
        var kept = _statements.Where(one => one.IsInsert && !one.IsOutbox).ToList();
        var ids = new List<string>();
        // What is stored is what counts here and not how fast: pages stay in memory, and nothing is flushed before the end.
        Run("pragma cache_size = -500000; pragma synchronous = off;");
        for (var stored = 0L; stored < orders;)
        {
            _begin.ExecuteNonQuery();
            for (var number = 0; number < Batch && stored < orders; number++, stored++)
            {
                var id = InsertOne(kept);
                if (stored * samples / orders >= ids.Count)
                    ids.Add(id);
            }

            _commit.ExecuteNonQuery();
        }

        Run("pragma wal_checkpoint(truncate); pragma cache_size = -2000; pragma synchronous = full; pragma wal_autocheckpoint = 8000;");
        return ids;
    }

    public void Dispose()
    {
        foreach (var statement in _statements)
            statement.Command.Dispose();
        _begin.Dispose();
        _commit.Dispose();
        _connection.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    // One order by the product's own code; what it told the database beside inserts is read from the log of statements.
    private static async Task<Ids> PlaceOne(string directory)
    {
        await using var db = new OrdersDb(new DbOptions { ConnectionName = "orders", DataDirectory = directory }, NullLogger<OrdersDb>.Instance);
        await db.Migrate(CancellationToken.None);
        var log = StatementLog.Current = new StatementLog(typeof(OrderFile).Assembly);
        try
        {
            var order = new OrderSketch { ShipDates = [DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(3))] }.ToOrder();
            var request = new PlaceOrderRequest { Order = order, RequestId = Shop.NewRequestId() };
            var placed = await new PlaceOrder(db, TimeProvider.System).Handle(request, new Actor("erp", new HashSet<string> { "caller" }), CancellationToken.None);
            var others = log.Statements.Keys.Where(sql => !sql.TrimStart().StartsWith("insert", StringComparison.OrdinalIgnoreCase));
            return new Ids(placed.Uid, request.RequestId, [.. others]);
        }
        finally
        {
            StatementLog.Current = null;
        }
    }

    private void Read(Ids ids)
    {
        foreach (var sql in ids.Others)
            Add(sql, (sql.Contains("requests", StringComparison.Ordinal) ? "@id" : "@orderId", sql.Contains("requests", StringComparison.Ordinal) ? ids.Request : ids.Order));
        foreach (var table in Tables)
        {
            using var rows = Command($"select * from {table}").ExecuteReader();
            while (rows.Read())
            {
                var columns = Enumerable.Range(0, rows.FieldCount).Where(column => rows.GetName(column) != "seq").ToList();
                var names = columns.ConvertAll(rows.GetName);
                Add(
                    $"insert into {table} ({string.Join(", ", names)}) values ({string.Join(", ", names.Select(name => "@" + name))})",
                    [.. columns.Select(column => ("@" + rows.GetName(column), rows.GetValue(column)))]);
            }
        }

        foreach (var statement in _statements)
            statement.Find(ids);
        _statements.Sort((one, other) => one.Order.CompareTo(other.Order));
    }

    private void Add(string sql, params (string Name, object Value)[] parameters)
    {
        var command = Command(sql);
        foreach (var (name, value) in parameters)
            command.Parameters.AddWithValue(name, value);
        command.Prepare();
        _statements.Add(new Statement(command));
    }

    private static string InsertOne(IEnumerable<Statement> statements)
    {
        var (order, request, first) = (Guid.CreateVersion7().ToString(), Guid.CreateVersion7().ToString(), Guid.CreateVersion7().ToString());
        foreach (var statement in statements)
        {
            foreach (var parameter in statement.Orders)
                parameter.Value = order;
            foreach (var parameter in statement.Requests)
                parameter.Value = request;
            foreach (var parameter in statement.Events)
                parameter.Value = first;
            statement.Command.ExecuteNonQuery();
        }

        return order;
    }

    private void Run(string sql)
    {
        using var command = Command(sql);
        command.ExecuteNonQuery();
    }

    // CA2100: the texts are the product's own.
#pragma warning disable CA2100
    private SqliteCommand Command(string sql) => new(sql, _connection);
#pragma warning restore CA2100

    private sealed record Ids(string Order, string Request, IReadOnlyList<string> Others);

    /// <summary>A statement and those of its parameters that are another at each order.</summary>
    private sealed class Statement(SqliteCommand command)
    {
        public SqliteCommand Command => command;

        public bool IsInsert => command.CommandText.StartsWith("insert", StringComparison.Ordinal);

        public bool IsOutbox => command.CommandText.StartsWith("insert into outbox", StringComparison.Ordinal);

        public List<SqliteParameter> Orders { get; } = [];

        public List<SqliteParameter> Requests { get; } = [];

        public List<SqliteParameter> Events { get; } = [];

        // The request is looked for first; what refers to the order comes after it.
        public int Order => command.CommandText switch
        {
            var sql when sql.Contains("from requests", StringComparison.Ordinal) => 0,
            var sql when sql.StartsWith("insert into orders ", StringComparison.Ordinal) => 1,
            var sql when sql.StartsWith("insert into requests", StringComparison.Ordinal) => 3,
            _ => 2,
        };

        public void Find(Ids ids)
        {
            foreach (SqliteParameter parameter in command.Parameters)
                if (Equals(parameter.Value, ids.Order))
                    Orders.Add(parameter);
                else if (Equals(parameter.Value, ids.Request))
                    Requests.Add(parameter);
                else if (parameter.ParameterName == "@event_id")
                    Events.Add(parameter);
        }
    }
}
