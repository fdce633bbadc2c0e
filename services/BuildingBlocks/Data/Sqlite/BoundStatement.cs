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
    private static readonly ConcurrentDictionary<Type, IReadOnlyDictionary<string, Parameter?>> ParametersOf = new();
    private readonly SqliteConnection _connection;
    private readonly string _sql;
    private readonly string[] _names;
    private readonly Parameter[] _parameters;
    private SqliteCommand? _command;
    private RawStatement? _raw;
    private bool _isRawKnown;
    private bool _foundNothing;

    private BoundStatement(SqliteConnection connection, string sql, string[] names, Parameter[] parameters) =>
        (_connection, _sql, _names, _parameters) = (connection, sql, names, parameters);

    /// <summary>Prepares a statement; null where its parameters are not single values of properties, or the text names others.</summary>
    public static BoundStatement? Of(SqliteConnection connection, string sql, Type? parameters)
    {
        var taken = new List<Parameter>();
        var known = parameters is null || typeof(IEnumerable).IsAssignableFrom(parameters) ? null : ParametersOf.GetOrAdd(parameters, Properties);
        string[] names = [.. Names().Matches(sql).Select(match => match.Groups[1].Value).Distinct(StringComparer.Ordinal)];
        foreach (var name in names)
        {
            if (known is null || !known.TryGetValue(name, out var parameter) || parameter is null)
                return null;
            taken.Add(parameter);
        }

        return new BoundStatement(connection, sql, names, [.. taken]);
    }

    /// <summary>Runs the statement and returns the number of rows it changed.</summary>
    public int Execute(object? parameters)
    {
        if (Raw is not { HasColumns: false } bound)
            return Command(parameters).ExecuteNonQuery();
        Bind(bound, parameters);
        return bound.Execute();
    }

    /// <summary>
    /// True where the query finds nothing; false where it may find something. What found nothing the last time is likely to find nothing
    /// again, and is asked without a reader: most are whether something was done before.
    /// </summary>
    public bool FindsNothing(object? parameters)
    {
        if (!_foundNothing || Raw is not { HasColumns: true, IsReadOnly: true } bound)
            return false;
        Bind(bound, parameters);
        return _foundNothing = bound.FindsNothing();
    }

    /// <summary>The first column of the first row; null where it is no whole number, or the provider has to be asked.</summary>
    public long? Number(object? parameters)
    {
        if (Raw is not { HasColumns: true, IsReadOnly: true } bound)
            return null;
        Bind(bound, parameters);
        return bound.Number();
    }

    public SqliteDataReader Read(object? parameters)
    {
        var reader = Command(parameters).ExecuteReader();
        _foundNothing = !reader.HasRows;
        return reader;
    }

    public void Dispose()
    {
        _command?.Dispose();
        _raw?.Dispose();
    }

    // Null where a value is of a kind only the provider binds.
    private RawStatement? Raw
    {
        get
        {
            if (!_isRawKnown)
                _raw = Array.TrueForAll(_parameters, parameter => parameter.Bind is not null) ? RawStatement.Of(_connection, _sql, _names) : null;
            _isRawKnown = true;
            return _raw;
        }
    }

    private void Bind(RawStatement bound, object? parameters)
    {
        for (var at = 0; at < _parameters.Length; at++)
            _parameters[at].Bind!(parameters!, bound, at);
    }

    private SqliteCommand Command(object? parameters)
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

        for (var at = 0; at < _parameters.Length; at++)
            _command.Parameters[at].Value = TypeHandlers.Stored(_parameters[at].Read(parameters!)) ?? DBNull.Value;
        return _command;
    }

    // Lists are taken apart by Dapper, and so is what it knows itself.
    private static IReadOnlyDictionary<string, Parameter?> Properties(Type type) => type.GetProperties()
        .Where(property => property.GetIndexParameters().Length == 0)
        .ToDictionary(
            property => property.Name,
            property => property.PropertyType == typeof(string) || property.PropertyType == typeof(byte[]) || !typeof(IEnumerable).IsAssignableFrom(property.PropertyType)
                ? Parameter.Of(type, property.Name)
                : null,
            StringComparer.Ordinal);

    [GeneratedRegex(@"@([A-Za-z_]\w*)")]
    private static partial Regex Names();

    /// <summary>A property that is a parameter: read as an object for the provider, or bound as it is; null: only the provider binds its kind.</summary>
    private sealed record Parameter(Func<object, object?> Read, Action<object, RawStatement, int>? Bind)
    {
        public static Parameter Of(Type type, string property)
        {
            var given = Expression.Parameter(typeof(object));
            var value = Expression.Property(Expression.Convert(given, type), property);
            return new Parameter(Expression.Lambda<Func<object, object?>>(Expression.Convert(value, typeof(object)), given).Compile(), Binder(given, value));
        }

        private static Action<object, RawStatement, int>? Binder(ParameterExpression given, MemberExpression value)
        {
            var (statement, at) = (Expression.Parameter(typeof(RawStatement)), Expression.Parameter(typeof(int)));
            var nullable = Nullable.GetUnderlyingType(value.Type);
            if (typeof(RawStatement).GetMethod(nameof(RawStatement.Bind), [typeof(int), nullable ?? value.Type]) is not { } bind
                || bind.GetParameters()[1].ParameterType != (nullable ?? value.Type))
                return null;
            Expression call = nullable is null
                ? Expression.Call(statement, bind, at, value)
                : Expression.IfThenElse(
                    Expression.Property(value, nameof(Nullable<int>.HasValue)),
                    Expression.Call(statement, bind, at, Expression.Property(value, nameof(Nullable<int>.Value))),
                    Expression.Call(statement, nameof(RawStatement.BindNull), [], at));
            return Expression.Lambda<Action<object, RawStatement, int>>(call, given, statement, at).Compile();
        }
    }
}
