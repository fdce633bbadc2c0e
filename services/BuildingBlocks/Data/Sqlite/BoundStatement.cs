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
    private readonly SqliteCommand _command;
    private readonly (SqliteParameter Parameter, Func<object, object?> Read)[] _values;

    private BoundStatement(SqliteCommand command, (SqliteParameter Parameter, Func<object, object?> Read)[] values) =>
        (_command, _values) = (command, values);

    /// <summary>Prepares a statement; null where its parameters are not single values of properties, or the text names others.</summary>
    public static BoundStatement? Of(SqliteConnection connection, string sql, Type? parameters)
    {
        var values = new List<(SqliteParameter Parameter, Func<object, object?> Read)>();
        var readers = parameters is null || typeof(IEnumerable).IsAssignableFrom(parameters) ? null : Readers.GetOrAdd(parameters, ReadersOf);
        foreach (var name in Names().Matches(sql).Select(match => match.Groups[1].Value).Distinct(StringComparer.Ordinal))
        {
            if (readers is null || !readers.TryGetValue(name, out var read) || read is null)
                return null;
            values.Add((new SqliteParameter { ParameterName = "@" + name }, read));
        }

        var command = connection.CreateCommand();
        // CA2100: see PreparedConnection.Rent.
#pragma warning disable CA2100
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (parameter, _) in values)
            command.Parameters.Add(parameter);
        command.Prepare();
        return new BoundStatement(command, [.. values]);
    }

    public int Execute(object? parameters)
    {
        Set(parameters);
        return _command.ExecuteNonQuery();
    }

    public SqliteDataReader Read(object? parameters)
    {
        Set(parameters);
        return _command.ExecuteReader();
    }

    public void Dispose() => _command.Dispose();

    private void Set(object? parameters)
    {
        foreach (var (parameter, read) in _values)
            parameter.Value = TypeHandlers.Stored(read(parameters!)) ?? DBNull.Value;
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
