using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace OrderTracking.BuildingBlocks.Data.Sqlite;

/// <summary>
/// A statement that changes rows, bound by position on SQLite's own interface: the provider looks every parameter up by its name and makes a
/// reader for each run, which costs a writer a quarter of its time.
/// </summary>
internal sealed class RawStatement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt? _statement;
    private readonly int[] _positions;
    private byte[] _text = new byte[1024];

    private RawStatement(sqlite3 database, sqlite3_stmt? statement, int[] positions) =>
        (_database, _statement, _positions) = (database, statement, positions);

    /// <param name="connection">An open connection.</param>
    /// <param name="sql">One statement; of several none is run here.</param>
    /// <param name="names">Its parameters, in the order their values come in.</param>
    /// <exception cref="SqliteException">The statement cannot be prepared.</exception>
    public static RawStatement Of(SqliteConnection connection, string sql, IReadOnlyList<string> names)
    {
        var database = connection.Handle!;
        Check(raw.sqlite3_prepare_v3(database, sql, raw.SQLITE_PREPARE_PERSISTENT, out var statement, out var rest), database);
        int[] positions = [.. names.Select(name => raw.sqlite3_bind_parameter_index(statement, "@" + name))];
        if (string.IsNullOrWhiteSpace(rest) && !positions.Contains(0) && raw.sqlite3_stmt_readonly(statement) == 0 && raw.sqlite3_column_count(statement) == 0)
            return new RawStatement(database, statement, positions);
        statement.Dispose();
        return new RawStatement(database, null, []);
    }

    /// <summary>Runs the statement; false, and nothing was run, where a value or the statement is left to the provider.</summary>
    /// <param name="values">The values as stored, in the order of the names.</param>
    /// <param name="changed">The number of rows changed.</param>
    /// <exception cref="SqliteException">SQLite refused it.</exception>
    public bool TryExecute(ReadOnlySpan<object?> values, out int changed)
    {
        changed = 0;
        if (_statement is null)
            return false;
        for (var at = 0; at < values.Length; at++)
            if (!TryBind(_positions[at], values[at]))
                return false;
        var code = raw.sqlite3_step(_statement);
        // The reset repeats the failure of the step.
        raw.sqlite3_reset(_statement);
        if (code != raw.SQLITE_DONE)
            Check(code, _database);
        changed = raw.sqlite3_changes(_database);
        return true;
    }

    public void Dispose() => _statement?.Dispose();

    private static void Check(int code, sqlite3 database) => SqliteException.ThrowExceptionForRC(code, database);

    private bool TryBind(int position, object? value)
    {
        var code = value switch
        {
            null => raw.sqlite3_bind_null(_statement, position),
            string text => BindText(position, text),
            long number => raw.sqlite3_bind_int64(_statement, position, number),
            int number => raw.sqlite3_bind_int64(_statement, position, number),
            bool flag => raw.sqlite3_bind_int64(_statement, position, flag ? 1 : 0),
            byte[] { Length: > 0 } bytes => raw.sqlite3_bind_blob(_statement, position, bytes),
            byte[] => raw.sqlite3_bind_zeroblob(_statement, position, 0),
            _ => -1,
        };
        if (code > 0)
            Check(code, _database);
        return code == raw.SQLITE_OK;
    }

    private int BindText(int position, string text)
    {
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (_text.Length < most)
            _text = new byte[most];
        var length = Encoding.UTF8.GetBytes(text, _text);
        return raw.sqlite3_bind_text(_statement, position, _text.AsSpan(0, length));
    }
}
