using System.Globalization;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace OrderTracking.SqlServer.Tests.Schema;

/// <summary>
/// What a row of T-SQL migrations makes, read without a server: DacFx takes a schema as it is, not the way to it, so ALTER and DROP are
/// carried out here. Only what stays in the plain middle of T-SQL is known; everything else is refused.
/// </summary>
internal sealed class FoldedSchema
{
    public SortedDictionary<string, CreateTableStatement> Tables { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, CreateIndexStatement> Indexes { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, CreateTriggerStatement> Triggers { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, CreateViewStatement> Views { get; } = new(StringComparer.Ordinal);

    /// <summary>Statements on rows, each with the migration it stands in.</summary>
    public List<(string Migration, string Text)> Rows { get; } = [];

    /// <exception cref="InvalidOperationException">A migration does not parse, or holds what is not allowed.</exception>
    public static FoldedSchema Of(IEnumerable<MigrationScript> migrations)
    {
        var schema = new FoldedSchema();
        foreach (var migration in migrations)
            foreach (var batch in TSql.Parse(migration.Text, migration.Name).Batches)
                schema.Run(batch, migration.Name);
        return schema;
    }

    public static string NameOf(SchemaObjectName name) => name.Identifiers.Count == 1
        ? name.BaseIdentifier.Value
        : throw new InvalidOperationException($"{string.Join('.', name.Identifiers.Select(one => one.Value))}: names have no schema prefix.");

    private void Run(TSqlBatch batch, string migration)
    {
        foreach (var statement in batch.Statements)
        {
            try
            {
                Run(statement, migration);
            }
            catch (Exception error) when (error is KeyNotFoundException or InvalidOperationException)
            {
                throw new InvalidOperationException(
                    string.Create(CultureInfo.InvariantCulture, $"{migration}, line {statement.StartLine}: {error.Message}"), error);
            }
        }

        if (batch.Statements.Any(statement => statement is CreateTriggerStatement or CreateViewStatement) && batch.Statements.Count > 1)
            throw new InvalidOperationException($"{migration}: a trigger or a view stands alone between two GO lines.");
    }

    private void Run(TSqlStatement statement, string migration)
    {
        switch (statement)
        {
            case CreateTableStatement { AsEdge: false, AsNode: false, Definition.Indexes.Count: 0, Options.Count: 0 } table:
                Tables.Add(NameOf(table.SchemaObjectName), table);
                break;
            case CreateIndexStatement { Clustered: null or false } index:
                Indexes.Add(index.Name.Value, Known(index));
                break;
            case CreateTriggerStatement { TriggerType: TriggerType.After } trigger:
                _ = Tables[NameOf(trigger.TriggerObject.Name)];
                Triggers.Add(NameOf(trigger.Name), trigger);
                break;
            case CreateViewStatement view:
                Views.Add(NameOf(view.SchemaObjectName), view);
                break;
            case InsertStatement or UpdateStatement or DeleteStatement:
                Rows.Add((migration, TSql.TextOf(statement)));
                break;
            default:
                Change(statement);
                break;
        }
    }

    private void Change(TSqlStatement statement)
    {
        switch (statement)
        {
            case AlterTableAddTableElementStatement { Definition: var added } alter when added.ColumnDefinitions.Count + added.TableConstraints.Count == 1:
                var definition = Tables[NameOf(alter.SchemaObjectName)].Definition;
                foreach (var column in added.ColumnDefinitions)
                    definition.ColumnDefinitions.Add(column);
                foreach (var constraint in added.TableConstraints)
                    definition.TableConstraints.Add(constraint);
                break;
            case AlterTableAlterColumnStatement { AlterTableAlterColumnOption: AlterTableAlterColumnOption.Null or AlterTableAlterColumnOption.NotNull } alter:
                Alter(Tables[NameOf(alter.SchemaObjectName)].Definition.ColumnDefinitions.Single(one => one.ColumnIdentifier.Value == alter.ColumnIdentifier.Value), alter);
                break;
            case AlterTableDropTableElementStatement alter:
                foreach (var element in alter.AlterTableDropTableElements)
                    DropConstraint(Tables[NameOf(alter.SchemaObjectName)], element);
                break;
            case DropTableStatement drop:
                foreach (var name in drop.Objects)
                    DropTable(NameOf(name));
                break;
            case DropTriggerStatement drop:
                foreach (var name in drop.Objects)
                    Remove(Triggers, NameOf(name));
                break;
            case DropIndexStatement { DropIndexClauses: [DropIndexClause clause] }:
                Remove(Indexes, clause.Index.Value);
                break;
            default:
                throw new InvalidOperationException($"{statement.GetType().Name} is not of the plain middle of T-SQL.");
        }
    }

    private CreateIndexStatement Known(CreateIndexStatement index)
    {
        _ = Tables[NameOf(index.OnName)];
        return index;
    }

    private void DropTable(string table)
    {
        Remove(Tables, table);
        foreach (var index in Indexes.Where(one => NameOf(one.Value.OnName) == table).Select(one => one.Key).ToList())
            Indexes.Remove(index);
        foreach (var trigger in Triggers.Where(one => NameOf(one.Value.TriggerObject.Name) == table).Select(one => one.Key).ToList())
            Triggers.Remove(trigger);
    }

    private static void Alter(ColumnDefinition column, AlterTableAlterColumnStatement alter)
    {
        column.DataType = alter.DataType;
        foreach (var nullable in column.Constraints.OfType<NullableConstraintDefinition>())
            nullable.Nullable = alter.AlterTableAlterColumnOption == AlterTableAlterColumnOption.Null;
    }

    private static void DropConstraint(CreateTableStatement table, AlterTableDropTableElement element)
    {
        if (element.TableElementType != TableElementType.Constraint)
            throw new InvalidOperationException($"{element.TableElementType} is not dropped: only constraints are.");
        foreach (var constraints in table.Definition.ColumnDefinitions.Select(column => column.Constraints).Append(table.Definition.TableConstraints))
            if (constraints.FirstOrDefault(one => one.ConstraintIdentifier?.Value == element.Name.Value) is { } found)
            {
                constraints.Remove(found);
                return;
            }

        throw new InvalidOperationException($"There is no constraint {element.Name.Value}.");
    }

    private static void Remove<T>(SortedDictionary<string, T> from, string name)
    {
        if (!from.Remove(name))
            throw new InvalidOperationException($"There is no {name}.");
    }
}
