using Microsoft.SqlServer.TransactSql.ScriptDom;
using OrderTracking.SqlServer.Tests.Schema;

namespace OrderTracking.SqlServer.Tests.Statements;

/// <summary>What a value is, as far as comparing it goes.</summary>
internal enum ValueKind
{
    Any,
    Text,
    Number,
    Instant,
    Date,
    Bytes,
}

internal static class ValueKinds
{
    public static ValueKind Of(string type) => type.Split('(')[0] switch
    {
        "char" or "varchar" or "nvarchar" => ValueKind.Text,
        "bigint" or "int" or "bit" or "bigint identity" => ValueKind.Number,
        "datetime2" => ValueKind.Instant,
        "date" => ValueKind.Date,
        "varbinary" => ValueKind.Bytes,
        _ => ValueKind.Any,
    };
}

/// <summary>The tables a name may be of, from the innermost query outwards.</summary>
internal sealed class ColumnScopes(IReadOnlyDictionary<string, TableShape> tables)
{
    private readonly Stack<List<(string Alias, TableShape? Table)>> _open = new();

    public static (string Qualifier, string Name) NameOf(ColumnReferenceExpression column) => column.MultiPartIdentifier.Identifiers switch
    {
        [var name] => ("", name.Value),
        [.., var table, var name] => (table.Value, name.Value),
        _ => ("", ""),
    };

    public IDisposable Open(FromClause? from)
    {
        var sources = new List<(string, TableShape?)>();
        foreach (var table in from?.TableReferences ?? [])
            Add(table, sources);
        return Push(sources);
    }

    public IDisposable Open(NamedTableReference target)
    {
        var sources = new List<(string, TableShape?)>();
        Add(target, sources);
        return Push(sources);
    }

    /// <summary>The kind of a column; null where its table is not known.</summary>
    public ValueKind? KindOf(ColumnReferenceExpression column)
    {
        var (qualifier, name) = NameOf(column);
        foreach (var scope in _open)
            foreach (var (alias, table) in scope)
                if ((qualifier.Length == 0 || qualifier == alias) && table?.Columns.TryGetValue(name, out var shape) == true)
                    return ValueKinds.Of(shape.Type);
        return null;
    }

    public bool IsAmbiguous(ColumnReferenceExpression column)
    {
        var (qualifier, name) = NameOf(column);
        return qualifier.Length == 0 && _open.Count > 0 && _open.Peek().Count(source => source.Table?.Columns.ContainsKey(name) == true) > 1;
    }

    private Closing Push(List<(string, TableShape?)> sources)
    {
        _open.Push(sources);
        return new Closing(_open);
    }

    private void Add(TableReference reference, List<(string, TableShape?)> sources)
    {
        switch (reference)
        {
            case NamedTableReference named:
                var name = named.SchemaObject.BaseIdentifier.Value;
                sources.Add((named.Alias?.Value ?? name, tables.GetValueOrDefault(name)));
                break;
            case QualifiedJoin join:
                Add(join.FirstTableReference, sources);
                Add(join.SecondTableReference, sources);
                break;
            case TableReferenceWithAlias other:
                // A list given as JSON needs no name.
                sources.Add((other.Alias?.Value ?? "", null));
                break;
        }
    }

    private sealed class Closing(Stack<List<(string Alias, TableShape? Table)>> open) : IDisposable
    {
        public void Dispose() => open.Pop();
    }
}
