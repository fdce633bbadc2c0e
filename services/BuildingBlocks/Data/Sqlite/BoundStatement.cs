using System.Collections;
using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;

namespace OrderTracking.BuildingBlocks.Data.Sqlite;

/// <summary>
/// A prepared statement with its parameters in place, which takes their values from an object's properties: a writer runs the same few dozen
/// statements again and again, and making parameters for each call cost more than running it.
/// </summary>
internal sealed partial class BoundStatement : IDisposable
{
    private static readonly ConcurrentDictionary<Type, IReadOnlyDictionary<string, Func<object, object?>?>> Readers = new();
    private readonly SqliteConnection _connection;
    private readonly string _sql;
    private readonly string[] _names;
    private readonly Func<object, object?>[] _reads;
    private readonly object?[] _values;
    private SqliteCommand? _command;
    private RawStatement? _raw;

    private BoundStatement(SqliteConnection connection, string sql, string[] names, Func<object, object?>[] reads) =>
        (_connection, _sql, _names, _reads, _values) = (connection, sql, names, reads, new object?[names.Length]);

    /// <summary>Prepares a statement; null where its parameters are not single values of properties, or the text names others.</summary>
    public static BoundStatement? Of(SqliteConnection connection, string sql, Type? parameters)
    {
        var reads = new List<Func<object, object?>>();
        var readers = parameters is null || typeof(IEnumerable).IsAssignableFrom(parameters) ? null : Readers.GetOrAdd(parameters, ReadersOf);
        string[] names = [.. Names().Matches(sql).Select(match => match.Groups[1].Value).Distinct(StringComparer.Ordinal)];
        foreach (var name in names)
        {
            if (readers is null || !readers.TryGetValue(name, out var read) || read is null)
                return null;
            reads.Add(read);
        }

        return new BoundStatement(connection, sql, names, [.. reads]);
    }

    /// <summary>Runs the statement and returns the number of rows it changed.</summary>
    public int Execute(object? parameters)
    {
        Take(parameters);
        _raw ??= RawStatement.Of(_connection, _sql, _names);
        return _raw.TryExecute(_values, out var changed) ? changed : Command().ExecuteNonQuery();
    }

    public SqliteDataReader Read(object? parameters)
    {
        Take(parameters);
        return Command().ExecuteReader();
    }

    public void Dispose()
    {
        _command?.Dispose();
        _raw?.Dispose();
    }

    private void Take(object? parameters)
    {
        for (var at = 0; at < _reads.Length; at++)
            _values[at] = TypeHandlers.Stored(_reads[at](parameters!));
    }

    private SqliteCommand Command()
    {
        if (_command is null)
        {
            _command = _connection.CreateCommand();
            // CA2100: see PreparedConnection.Rent.
#pragma warning disable CA2100
            _command.CommandText = _sql;
#pragma warning restore CA2100
            foreach (var name in _names)
                _command.Parameters.Add(new SqliteParameter { ParameterName = "@" + name });
            _command.Prepare();
        }

        for (var at = 0; at < _values.Length; at++)
            _command.Parameters[at].Value = _values[at] ?? DBNull.Value;
        return _command;
    }

    // Lists are taken apart by Dapper, and so is what it knows itself.
    private static IReadOnlyDictionary<string, Func<object, object?>?> ReadersOf(Type type) => type.GetProperties()
        .Where(property => property.GetIndexParameters().Length == 0)
        .ToDictionary(
            property => property.Name,
            property => property.PropertyType == typeof(string) || property.PropertyType == typeof(byte[]) || !typeof(IEnumerable).IsAssignableFrom(property.PropertyType)
                ? Reader(type, property.Name)
                : null,
            StringComparer.Ordinal);

    private static Func<object, object?> Reader(Type type, string property)
    {
        var given = Expression.Parameter(typeof(object));
        var value = Expression.Property(Expression.Convert(given, type), property);
        return Expression.Lambda<Func<object, object?>>(Expression.Convert(value, typeof(object)), given).Compile();
    }

    [GeneratedRegex(@"@([A-Za-z_]\w*)")]
    private static partial Regex Names();
}
