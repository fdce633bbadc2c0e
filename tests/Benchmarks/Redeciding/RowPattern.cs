using Microsoft.Data.Sqlite;

namespace OrderTracking.Benchmarks.Redeciding;

/// <summary>
/// Rows the product wrote for one shipment, to be written again for others by prepared inserts: wherever an id of the first stood, stands that of
/// the next.
/// </summary>
internal sealed class RowPattern : IDisposable
{
    private readonly List<(SqliteCommand Command, Value[] Values)> _inserts = [];

    /// <param name="connection">What is written to.</param>
    /// <param name="rows">Rows by table.</param>
    /// <param name="ids">Ids of the first, in the order new ones are given in.</param>
    public RowPattern(SqliteConnection connection, IEnumerable<StoredRow> rows, IReadOnlyList<string> ids)
    {
        foreach (var row in rows)
        {
            var columns = row.Columns.Where(column => column.Name != "seq").ToList();
            var names = columns.ConvertAll(column => column.Name);
            // CA2100: the names are those of the product's own tables.
#pragma warning disable CA2100
            var command = new SqliteCommand(
                $"insert into {row.Table} ({string.Join(", ", names)}) values ({string.Join(", ", names.Select(name => "@" + name))})", connection);
#pragma warning restore CA2100
            var values = columns.ConvertAll(column => new Value(command.Parameters.AddWithValue("@" + column.Name, column.Value), ids));
            command.Prepare();
            _inserts.Add((command, [.. values.Where(value => value.IsAnother)]));
        }
    }

    /// <summary>Rows it writes.</summary>
    public int Count => _inserts.Count;

    public void Write(params string[] ids)
    {
        foreach (var (command, values) in _inserts)
        {
            foreach (var value in values)
                value.Set(ids);
            command.ExecuteNonQuery();
        }
    }

    public void Dispose()
    {
        foreach (var (command, _) in _inserts)
            command.Dispose();
    }

    /// <summary>A column's value, cut where ids stand in it.</summary>
    private sealed class Value
    {
        private readonly SqliteParameter _parameter;
        private readonly List<(string Text, int Id)> _pieces = [];

        public Value(SqliteParameter parameter, IReadOnlyList<string> ids)
        {
            _parameter = parameter;
            if (parameter.Value is not string text)
                return;
            var from = 0;
            while (Next(text, from, ids) is { At: >= 0 } found)
            {
                _pieces.Add((text[from..found.At], found.Id));
                from = found.At + ids[found.Id].Length;
            }

            if (_pieces.Count > 0)
                _pieces.Add((text[from..], -1));
        }

        public bool IsAnother => _pieces.Count > 0;

        public void Set(string[] ids) => _parameter.Value = string.Concat(_pieces.Select(piece => piece.Id < 0 ? piece.Text : piece.Text + ids[piece.Id]));

        private static (int At, int Id) Next(string text, int from, IReadOnlyList<string> ids)
        {
            var (at, id) = (-1, -1);
            for (var index = 0; index < ids.Count; index++)
                if (text.IndexOf(ids[index], from, StringComparison.Ordinal) is var place and >= 0 && (at < 0 || place < at))
                    (at, id) = (place, index);
            return (at, id);
        }
    }
}

/// <summary>A row as it stands in a table.</summary>
internal sealed record StoredRow(string Table, IReadOnlyList<(string Name, object Value)> Columns)
{
    public object this[string column] => Columns.First(one => one.Name == column).Value;

    /// <summary>The rows of a table behind a place.</summary>
    public static IReadOnlyList<StoredRow> Of(SqliteConnection connection, string table, long after)
    {
        // CA2100: as above.
#pragma warning disable CA2100
        using var command = new SqliteCommand($"select * from {table} where rowid > {after} order by rowid", connection);
#pragma warning restore CA2100
        using var reader = command.ExecuteReader();
        var rows = new List<StoredRow>();
        while (reader.Read())
            rows.Add(new StoredRow(table, [.. Enumerable.Range(0, reader.FieldCount).Select(column => (reader.GetName(column), reader.GetValue(column)))]));
        return rows;
    }
}
