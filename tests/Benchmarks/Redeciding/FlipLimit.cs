using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using OrderTracking.TestKit;

namespace OrderTracking.Benchmarks.Redeciding;

/// <summary>
/// The limit of a re-check: on a file of the same rows one thread reads every shipment once, in order and as the product reads it, and writes for each
/// one that flips the rows the product writes, prepared, 2,048 shipments under one durable commit. Nothing is decided and nothing is hashed.
/// </summary>
internal sealed class FlipLimit : IDisposable
{
    private const int GroupMax = 2_048;
    private const string Number = "the next number";
    private const string Scan = "select * from shipments where seq > @after order by seq limit 2048";

    private readonly SqliteConnection _reading;
    private readonly SqliteConnection _writing;
    private readonly List<(RowPattern Rows, SqliteCommand Shipment)> _kinds = [];
    private readonly SqliteCommand _head;
    private string _rule = "";
    private string _number = "";
    private int _runs;

    public FlipLimit(string directory, IReadOnlyList<ProductRow> rows)
    {
        var source = $"Data Source={ShipmentsFile.PathIn(directory)};Pooling=False";
        (_reading, _writing) = (new SqliteConnection(source), new SqliteConnection(source));
        _reading.Open();
        _writing.Open();
        Run("pragma foreign_keys = on; pragma journal_mode = wal; pragma synchronous = full; pragma wal_autocheckpoint = 8000;");
        foreach (var row in rows)
            _kinds.Add(Of(row));
        _head = Command("update audit_heads set seq = seq + 1, hash = 'as long as a hash, as long as a hash, as long as a hash, and so on' where id = 1");
        _head.Prepare();
    }

    /// <summary>Rows of a flip: those inserted, the shipment's and the head's of the chain.</summary>
    public int RowsOfFlip => _kinds[0].Rows.Count + 3;

    /// <summary>Reads every shipment and writes for those of one destination; the seconds it took.</summary>
    /// <param name="destination">The number of the destination; -1: none, only read.</param>
    public (double Seconds, int Flips) Run(int destination)
    {
        (_rule, _number) = (string.Create(CultureInfo.InvariantCulture, $"BENCH-{_runs + 1:000}"), string.Create(CultureInfo.InvariantCulture, $"{_runs + 2}"));
        _runs++;
        var started = Stopwatch.GetTimestamp();
        var (after, flips, open) = (0L, 0, 0);
        using var scan = new SqliteCommand(Scan, _reading);
        var place = scan.Parameters.AddWithValue("@after", after);
        scan.Prepare();
        while (true)
        {
            place.Value = after;
            var before = after;
            using (var reader = scan.ExecuteReader())
                while (reader.Read())
                {
                    after = Read(reader);
                    var kind = (int)((after - 1) % SampleGoods.Kinds);
                    if (destination < 0 || kind % SampleGoods.Destinations.Length != destination)
                        continue;
                    if (open == 0)
                        Run("begin immediate");
                    Flip(kind, after, reader.GetString(1), reader.GetString(2));
                    flips++;
                    if (++open < GroupMax)
                        continue;
                    Run("commit");
                    open = 0;
                }

            if (after == before)
                break;
        }

        if (open > 0)
            Run("commit");
        return (Stopwatch.GetElapsedTime(started).TotalSeconds, flips);
    }

    public void Dispose()
    {
        _head.Dispose();
        foreach (var (rows, shipment) in _kinds)
        {
            rows.Dispose();
            shipment.Dispose();
        }

        _reading.Dispose();
        _writing.Dispose();
    }

    // Every value, as a reader gives it.
    private static long Read(SqliteDataReader reader)
    {
        for (var column = 1; column < reader.FieldCount; column++)
            _ = reader.GetValue(column);
        return reader.GetInt64(0);
    }

    private void Flip(int kind, long seq, string shipment, string order)
    {
        var (rows, update) = _kinds[kind];
        var decision = Shop.NewRequestId();
        rows.Write(shipment, order, decision, Shop.NewRequestId(), Shop.NewRequestId(), Shop.NewRequestId(), _rule, _number);
        update.Parameters["@decision_id"].Value = decision;
        update.Parameters["@seq"].Value = seq;
        update.ExecuteNonQuery();
        _head.ExecuteNonQuery();
        _head.ExecuteNonQuery();
    }

    private (RowPattern Rows, SqliteCommand Shipment) Of(ProductRow row)
    {
        var inserted = row.Flipped.Where(one => one.Table is not ("shipments" or "shipment_parties" or "record_keys")).Select(Numbered).ToList();
        var (decision, hold) = ((string)ProductRow.Of(row.Flipped, "decisions").Single()["decision_id"], (string)ProductRow.Of(row.Flipped, "holds").Single()["hold_id"]);
        var events = ProductRow.Of(row.Flipped, "outbox").Select(one => (string)one["event_id"]).ToList();
        var rows = new RowPattern(_writing, inserted, [row.Shipment, row.Order, decision, hold, .. events, ProductRows.Rule, Number]);
        var after = row.After;
        string[] changed =
        [
            "screened_revision", "decision_id", "decision_number", "decision_signature", "outcome", "decided_ship_date", "overdue", "screening_number",
            "standing", "standing_reasons", "known_version", "decide_again_at",
        ];
        var update = Command($"update shipments set {string.Join(", ", changed.Select(name => $"{name} = @{name}"))} where seq = @seq");
        foreach (var name in changed)
            update.Parameters.AddWithValue("@" + name, after[name]);
        update.Parameters.AddWithValue("@seq", 0L);
        update.Prepare();
        return (rows, update);
    }

    // A column of whole numbers takes the text of one, and keeps the number.
    private static StoredRow Numbered(StoredRow row) => row.Table != "decisions"
        ? row
        : row with { Columns = [.. row.Columns.Select(column => column.Name == "number" ? (column.Name, Number) : column)] };

    private void Run(string sql)
    {
        using var command = Command(sql);
        command.ExecuteNonQuery();
    }

    // CA2100: every text is made here.
#pragma warning disable CA2100
    private SqliteCommand Command(string sql) => new(sql, _writing);
#pragma warning restore CA2100
}
