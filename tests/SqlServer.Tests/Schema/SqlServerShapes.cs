using System.Text.RegularExpressions;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace OrderTracking.SqlServer.Tests.Schema;

/// <summary>The tables of a folded schema.</summary>
internal static partial class SqlServerShapes
{
    public static SortedDictionary<string, TableShape> Of(FoldedSchema schema)
    {
        var shapes = new SortedDictionary<string, TableShape>(StringComparer.Ordinal);
        foreach (var (name, table) in schema.Tables)
            shapes.Add(name, Of(table));
        foreach (var (name, index) in schema.Indexes)
            shapes[FoldedSchema.NameOf(index.OnName)].Indexes.Add(
                name,
                Described(
                    index.Unique,
                    index.Columns.Select(column => column.Column.MultiPartIdentifier.Identifiers[0].Value),
                    index.FilterPredicate is { } filter ? TSql.TextOf(filter) : ""));
        foreach (var (name, trigger) in schema.Triggers)
            shapes[FoldedSchema.NameOf(trigger.TriggerObject.Name)].Triggers.Add(name, Of(trigger));
        return shapes;
    }

    public static string Described(bool unique, IEnumerable<string> columns, string filter) =>
        $"{(unique ? "unique " : "")}({string.Join(", ", columns)}){(filter.Length == 0 ? "" : $" where {Expression.Plain(filter)}")}";

    private static TableShape Of(CreateTableStatement table)
    {
        var shape = new TableShape();
        foreach (var column in table.Definition.ColumnDefinitions)
        {
            var name = column.ColumnIdentifier.Value;
            var nullable = column.Constraints.OfType<NullableConstraintDefinition>().Select(one => (bool?)one.Nullable).SingleOrDefault()
                ?? throw new InvalidOperationException($"{name}: a column says whether it is nullable, or the session decides.");
            shape.Columns.Add(name, new ColumnShape(TypeOf(column), nullable, DefaultOf(column)));
            foreach (var constraint in column.Constraints)
                Add(shape, constraint, name);
        }

        foreach (var constraint in table.Definition.TableConstraints)
            Add(shape, constraint, "");
        return shape;
    }

    private static void Add(TableShape shape, ConstraintDefinition constraint, string column)
    {
        switch (constraint)
        {
            case UniqueConstraintDefinition unique:
                var columns = unique.Columns.Count == 0 ? column : string.Join(", ", unique.Columns.Select(one => one.Column.MultiPartIdentifier.Identifiers[0].Value));
                if (unique.IsPrimaryKey)
                    shape.PrimaryKey = columns;
                else
                    shape.UniqueKeys.Add(columns);
                break;
            case CheckConstraintDefinition check:
                shape.Checks.Add(Expression.Plain(TSql.TextOf(check.CheckCondition)));
                break;
            case ForeignKeyConstraintDefinition foreign:
                var own = foreign.Columns.Count == 0 ? column : string.Join(", ", foreign.Columns.Select(one => one.Value));
                shape.ForeignKeys.Add(
                    $"({own}) -> {FoldedSchema.NameOf(foreign.ReferenceTableName)} ({string.Join(", ", foreign.ReferencedTableColumns.Select(one => one.Value))})");
                break;
        }
    }

    private static string TypeOf(ColumnDefinition column)
    {
        var type = Expression.Plain(TSql.TextOf(column.DataType));
        if (type.Contains("char", StringComparison.Ordinal) && column.Collation?.Value != "Latin1_General_100_BIN2")
            throw new InvalidOperationException($"{column.ColumnIdentifier.Value}: text is compared by its bytes, as on SQLite.");
        return column.IdentityOptions is null ? type : $"{type} identity";
    }

    private static string DefaultOf(ColumnDefinition column)
    {
        var written = column.DefaultConstraint ?? column.Constraints.OfType<DefaultConstraintDefinition>().SingleOrDefault();
        return written is null ? "" : Expression.Plain(TSql.TextOf(written.Expression));
    }

    private static string Of(CreateTriggerStatement trigger)
    {
        var text = TSql.TextOf(trigger);
        if (!text.Contains("set nocount on;", StringComparison.Ordinal))
            throw new InvalidOperationException($"{FoldedSchema.NameOf(trigger.Name)}: without 'set nocount on' its own rows are counted as changed.");
        var parts = Trigger().Match(text);
        if (!parts.Success)
            throw new InvalidOperationException($"{FoldedSchema.NameOf(trigger.Name)} is of no known form.");
        return $"{parts.Groups["event"]}: {Expression.Plain(parts.Groups["when"].Value)}: {parts.Groups["message"]}";
    }

    // Of any number of rows: one that may not change refuses the statement.
    [GeneratedRegex(
        """
        after\ (?<event>update|delete)\ as\s+begin\s+set\ nocount\ on;\s+if\ exists\ \(\s*select\ 1\ from\s
        (inserted\ i\ join\ deleted\ d\ on\ d\.(?<key>\w+)\ =\ i\.\k<key>|deleted\ d|inserted|deleted)
        (\s+where\ (?<when>.*?))?\)\s+throw\ 50000,\ '(?<message>[^']*)',\ 1;\s+end;?\s*\z
        """,
        RegexOptions.Singleline | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Trigger();
}
