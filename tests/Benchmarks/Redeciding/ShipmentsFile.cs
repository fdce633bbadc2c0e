using System.Globalization;
using Google.Protobuf;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using OrderTracking.AuditTrail;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.ComplianceService;
using V1 = OrderTracking.Compliance.V1;

namespace OrderTracking.Benchmarks.Redeciding;

/// <summary>
/// A database of compliance with many open shipments, each screened once: the rows the product wrote for one of each kind, again for all of
/// them, with a chain whose hashes are right. Shipments of one kind differ in their ids only.
/// </summary>
internal sealed class ShipmentsFile
{
    private const int Batch = 10_000;
    private const int Reported = 100_000;
    private static readonly string[] Copied = ["shipments", "shipment_parties", "record_keys", "decision_terms"];
    private readonly SqliteConnection _connection;
    private readonly List<Kind> _kinds;
    private readonly SqliteCommand _decide;
    private readonly SqliteCommand _chain;
    private string _hash = EntryHash.Genesis;

    private ShipmentsFile(SqliteConnection connection, IReadOnlyList<ProductRow> rows)
    {
        _connection = connection;
        _kinds = [.. rows.Select(row => new Kind(row, connection))];
        _decide = Insert(ProductRow.Of(rows[0].Screened, "decisions").Single());
        _chain = Insert(ProductRow.Of(rows[0].Screened, "audit_chain").Single(), withSeq: true);
    }

    /// <summary>Its path below a directory of data.</summary>
    public static string PathIn(string directory) => Path.Combine(directory, "compliance.db");

    public static async Task Make(string directory, int count, IReadOnlyList<ProductRow> rows)
    {
        await using (var db = new ComplianceDb(new DbOptions { ConnectionName = "compliance", DataDirectory = directory }, NullLogger<ComplianceDb>.Instance))
            await db.Migrate(CancellationToken.None);
        using var connection = new SqliteConnection($"Data Source={PathIn(directory)};Pooling=False");
        connection.Open();
        Run(connection, "pragma journal_mode = off; pragma synchronous = off; pragma cache_size = -400000; pragma locking_mode = exclusive;");
        new ShipmentsFile(connection, rows).Fill(count);
        Run(connection, "pragma locking_mode = normal; pragma journal_mode = wal; select count(*) from audit_heads;");
    }

    private void Fill(int count)
    {
        Run(_connection, "drop trigger audit_heads_only_grow");
        for (var from = 0; from < count; from += Batch)
        {
            Run(_connection, "begin");
            for (var number = from; number < Math.Min(count, from + Batch); number++)
                Add(_kinds[number % _kinds.Count], number + 1);
            Run(_connection, "commit");
            if ((from + Batch) % Reported == 0)
                Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seeding: {from + Batch:N0} of {count:N0} shipments"));
        }

        Run(_connection, string.Create(CultureInfo.InvariantCulture, $"update audit_heads set seq = {count}, hash = '{_hash}'"));
        Run(_connection, """
            create trigger audit_heads_only_grow before update on audit_heads when new.seq <> old.seq + 1
            begin
                select raise(abort, 'the audit chain grows by one entry at a time');
            end
            """);
    }

    private void Add(Kind kind, long seq)
    {
        var (shipment, order, decision) = (NewId(), NewId(), NewId());
        kind.Rows.Write(shipment, order, decision);
        kind.Body.Name = $"decisions/{decision}";
        kind.Body.Uid = decision;
        kind.Body.Shipment = $"shipments/{shipment}";
        var bytes = kind.Body.ToByteArray();
        Set(_decide, kind.Decision, [(kind.Row.Shipment, shipment), (kind.Id, decision)]);
        _decide.Parameters["@body"].Value = bytes;
        _decide.ExecuteNonQuery();
        var entry = kind.Entry with
        {
            Seq = seq,
            Subject = kind.Body.Name,
            Shipment = kind.Body.Shipment,
            Order = $"orders/{order}",
            PayloadDigest = EntryHash.OfPayload(bytes),
            PreviousHash = _hash,
        };
        _hash = EntryHash.Of(entry);
        Set(_chain, kind.Chain, []);
        foreach (var (name, value) in ((string, object)[])[
            ("seq", entry.Seq), ("subject", entry.Subject), ("shipment", entry.Shipment), ("order_name", entry.Order),
            ("payload_digest", entry.PayloadDigest), ("previous_hash", entry.PreviousHash), ("hash", _hash)])
            _chain.Parameters["@" + name].Value = value;
        _chain.ExecuteNonQuery();
    }

    private static void Set(SqliteCommand command, StoredRow row, (string Old, string New)[] ids)
    {
        foreach (var (name, value) in row.Columns)
            if (command.Parameters.Contains("@" + name))
                command.Parameters["@" + name].Value = value is string text ? ids.Aggregate(text, (all, id) => all.Replace(id.Old, id.New, StringComparison.Ordinal)) : value;
    }

    private SqliteCommand Insert(StoredRow row, bool withSeq = false)
    {
        var names = row.Columns.Select(column => column.Name).Where(name => withSeq || name != "seq").ToList();
        // CA2100: the names are those of the product's own tables.
#pragma warning disable CA2100
        var command = new SqliteCommand(
            $"insert into {row.Table} ({string.Join(", ", names)}) values ({string.Join(", ", names.Select(name => "@" + name))})", _connection);
#pragma warning restore CA2100
        foreach (var name in names)
            command.Parameters.AddWithValue("@" + name, row[name]);
        command.Prepare();
        return command;
    }

    private static string NewId() => Guid.CreateVersion7().ToString("D");

    private static void Run(SqliteConnection connection, string sql)
    {
        // CA2100: every text is made here.
#pragma warning disable CA2100
        using var command = new SqliteCommand(sql, connection);
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    private sealed class Kind
    {
        public Kind(ProductRow row, SqliteConnection connection)
        {
            Row = row;
            Decision = ProductRow.Of(row.Screened, "decisions").Single();
            Chain = ProductRow.Of(row.Screened, "audit_chain").Single();
            Id = (string)Decision["decision_id"];
            Rows = new RowPattern(connection, row.Screened.Where(one => Copied.Contains(one.Table)), [row.Shipment, row.Order, Id]);
            Body = V1.Decision.Parser.ParseFrom((byte[])Decision["body"]);
            string Text(string name) => (string)Chain[name];
            Entry = new ChainEntry
            {
                Seq = 0, Kind = Text("kind"), Subject = "", Shipment = "", Order = "", Actor = Text("actor"), Action = Text("action"), Outcome = Text("outcome"),
                Detail = Text("detail"), PayloadDigest = "", TraceId = Text("trace_id"), RecordedAt = Text("recorded_at"), PreviousHash = "", Hash = "",
            };
        }

        public ProductRow Row { get; }

        public StoredRow Decision { get; }

        public StoredRow Chain { get; }

        public string Id { get; }

        public RowPattern Rows { get; }

        public V1.Decision Body { get; }

        public ChainEntry Entry { get; }
    }
}
