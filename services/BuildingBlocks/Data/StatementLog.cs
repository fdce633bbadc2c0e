using System.Collections;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;
using Dapper;

namespace OrderTracking.BuildingBlocks.Data;

/// <summary>
/// Every distinct statement that transactions ran, with the types of its parameters, for tests that show what an engine they do not
/// have is told. Off unless a test turns it on. While it is on, the seams of the dialect mark their text, so that another engine's text
/// can take its place exactly.
/// </summary>
/// <param name="tests">What its own code runs is not recorded: it arranges and looks.</param>
internal sealed class StatementLog(Assembly tests)
{
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, Type>> _statements = new(StringComparer.Ordinal);

    /// <summary>The log that is written now; null where none is.</summary>
    public static StatementLog? Current { get; set; }

    /// <summary>The statements as they were handed to <see cref="Tx"/>, and for each the types of the parameters it names.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, Type>> Statements => _statements.ToDictionary(
        one => one.Key, one => (IReadOnlyDictionary<string, Type>)one.Value, StringComparer.Ordinal);

    /// <summary>The text of a seam, between marks that name it while a log is written.</summary>
    public static string Marked(string seam, string argument, string text) =>
        Current is null ? text : $"/*seam {seam} {argument}*/{text}/*end*/";

    public void Record(string sql, object? parameters)
    {
        if (!_statements.ContainsKey(sql) && Caller() == tests)
            return;
        var known = _statements.GetOrAdd(sql, _ => new ConcurrentDictionary<string, Type>(StringComparer.Ordinal));
        foreach (var (name, type) in TypesOf(parameters))
            if (sql.Contains('@' + name, StringComparison.Ordinal))
                known.AddOrUpdate(name, type, (_, before) => before == typeof(object) ? type : before);
    }

    /// <summary>The assembly of the code that called <see cref="Tx"/>.</summary>
    private static Assembly? Caller() => new StackTrace().GetFrames()
        .Select(frame => frame.GetMethod()?.DeclaringType)
        .FirstOrDefault(type => type is not null && Outermost(type) != typeof(StatementLog) && Outermost(type) != typeof(Tx))?.Assembly;

    private static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    private static IEnumerable<(string Name, Type Type)> TypesOf(object? parameters) => parameters switch
    {
        null => [],
        DynamicParameters named => named.ParameterNames.Select(name => (name, (named.Get<object?>(name) ?? new object()).GetType())),
        IEnumerable rows => PropertiesOf(ItemOf(rows.GetType())),
        _ => PropertiesOf(parameters.GetType()),
    };

    private static IEnumerable<(string Name, Type Type)> PropertiesOf(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(property => (property.Name, property.PropertyType));

    /// <summary>What a list is of; the type itself where it is no list.</summary>
    public static Type ItemOf(Type type) => type == typeof(string) || type == typeof(byte[])
        ? type
        : type.GetInterfaces().Prepend(type)
            .FirstOrDefault(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IEnumerable<>))?.GetGenericArguments()[0] ?? type;
}
