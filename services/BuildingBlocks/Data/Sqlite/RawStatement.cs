using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace OrderTracking.BuildingBlocks.Data.Sqlite;

/// <summary>
/// A statement bound by position on SQLite's own interface: the provider looks every parameter up by its name and makes a reader for each
/// run, which costs a writer a quarter of its time. Values are stored as <see cref="TypeHandlers.Stored"/> says, without an object for each.
/// </summary>
internal sealed class RawStatement : IDisposable
{
    // Longer than any Guid, instant, date or decimal as text.
    private const int ValueBytesMax = 64;

    // A longer text is not kept for the next run, neither here nor by SQLite.
    private const int KeptBytesMax = 64 * 1024;
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;
    private readonly int[] _positions;
    private byte[] _text = new byte[1024];
    private bool _isLarge;

    private RawStatement(sqlite3 database, sqlite3_stmt statement, int[] positions) =>
        (_database, _statement, _positions) = (database, statement, positions);

    /// <summary>Prepares a statement; null where it is several, or a parameter is not among the names.</summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="sql">Its text.</param>
    /// <param name="names">Its parameters, in the order they are numbered here.</param>
    /// <exception cref="SqliteException">The statement cannot be prepared.</exception>
    public static RawStatement? Of(SqliteConnection connection, string sql, IReadOnlyList<string> names)
    {
        var database = connection.Handle!;
        Check(raw.sqlite3_prepare_v3(database, sql, raw.SQLITE_PREPARE_PERSISTENT, out var statement, out var rest), database);
        int[] positions = [.. names.Select(name => raw.sqlite3_bind_parameter_index(statement, "@" + name))];
        if (string.IsNullOrWhiteSpace(rest) && !positions.Contains(0) && raw.sqlite3_bind_parameter_count(statement) == positions.Length)
            return new RawStatement(database, statement, positions);
        statement.Dispose();
        return null;
    }

    /// <summary>True where it answers rows.</summary>
    public bool HasColumns => raw.sqlite3_column_count(_statement) > 0;

    /// <summary>True where it changes no row, so that running it twice is running it once.</summary>
    public bool IsReadOnly => raw.sqlite3_stmt_readonly(_statement) != 0;

    /// <summary>Runs it to its end and returns the number of rows it changed.</summary>
    /// <exception cref="SqliteException">SQLite refused it.</exception>
    public int Execute()
    {
        var code = raw.sqlite3_step(_statement);
        // The reset repeats the failure of the step.
        Reset();
        if (code != raw.SQLITE_DONE)
            Check(code, _database);
        return raw.sqlite3_changes(_database);
    }

    /// <summary>True where it finds no row.</summary>
    /// <exception cref="SqliteException">SQLite refused it.</exception>
    public bool FindsNothing()
    {
        var code = Step();
        Reset();
        return code == raw.SQLITE_DONE;
    }

    /// <summary>The first column of the first row; null where that is no whole number.</summary>
    /// <exception cref="SqliteException">SQLite refused it.</exception>
    public long? Number()
    {
        long? number = Step() == raw.SQLITE_ROW && raw.sqlite3_column_type(_statement, 0) == raw.SQLITE_INTEGER
            ? raw.sqlite3_column_int64(_statement, 0)
            : null;
        Reset();
        return number;
    }

    public void Bind(int at, string? value)
    {
        if (value is null)
        {
            BindNull(at);
            return;
        }

        var most = Encoding.UTF8.GetMaxByteCount(value.Length);
        if (most > KeptBytesMax)
        {
            Checked(raw.sqlite3_bind_text(_statement, _positions[at], Encoding.UTF8.GetBytes(value)));
            _isLarge = true;
            return;
        }

        if (_text.Length < most)
            _text = new byte[most];
        Checked(raw.sqlite3_bind_text(_statement, _positions[at], _text.AsSpan(0, Encoding.UTF8.GetBytes(value, _text))));
    }

    public void Bind(int at, byte[]? value)
    {
        if (value is null)
            BindNull(at);
        else if (value.Length == 0)
            Checked(raw.sqlite3_bind_zeroblob(_statement, _positions[at], 0));
        else
            Checked(raw.sqlite3_bind_blob(_statement, _positions[at], value));
        _isLarge |= value is { Length: > KeptBytesMax };
    }

    public void Bind(int at, long value) => Checked(raw.sqlite3_bind_int64(_statement, _positions[at], value));

    public void Bind(int at, int value) => Bind(at, (long)value);

    public void Bind(int at, bool value) => Bind(at, value ? 1L : 0L);

    public void Bind(int at, Guid value) => BindText(at, value, "D");

    public void Bind(int at, DateTimeOffset value) => BindText(at, value.UtcDateTime, "O");

    public void Bind(int at, DateOnly value) => BindText(at, value, "O");

    public void Bind(int at, decimal value) => BindText(at, value, "");

    public void BindNull(int at) => Checked(raw.sqlite3_bind_null(_statement, _positions[at]));

    public void Dispose() => _statement.Dispose();

    private static void Check(int code, sqlite3 database) => SqliteException.ThrowExceptionForRC(code, database);

    private void BindText<T>(int at, T value, string format)
        where T : IUtf8SpanFormattable
    {
        Span<byte> text = stackalloc byte[ValueBytesMax];
        if (!value.TryFormat(text, out var length, format, CultureInfo.InvariantCulture))
            throw new InvalidOperationException($"A {typeof(T).Name} takes more than {ValueBytesMax} characters.");
        Checked(raw.sqlite3_bind_text(_statement, _positions[at], text[..length]));
    }

    private void Reset()
    {
        raw.sqlite3_reset(_statement);
        if (_isLarge)
            raw.sqlite3_clear_bindings(_statement);
        _isLarge = false;
    }

    private int Step()
    {
        var code = raw.sqlite3_step(_statement);
        if (code is raw.SQLITE_DONE or raw.SQLITE_ROW)
            return code;
        Reset();
        Check(code, _database);
        return code;
    }

    private void Checked(int code)
    {
        if (code != raw.SQLITE_OK)
            Check(code, _database);
    }
}
