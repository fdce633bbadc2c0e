using Microsoft.SqlServer.TransactSql.ScriptDom;
using OrderTracking.SqlServer.Tests.Schema;

namespace OrderTracking.SqlServer.Tests.Statements;

/// <summary>
/// What a server refuses although every name is known: DacFx resolves names and no more. Each rule is there because the text could be
/// written without SQLite minding.
/// </summary>
internal sealed class StatementRules : TSqlConcreteFragmentVisitor
{
    private readonly ColumnScopes _scopes;
    private readonly IReadOnlyDictionary<string, ValueKind> _parameters;
    private readonly List<string> _found = [];

    private StatementRules(IReadOnlyDictionary<string, TableShape> tables, IReadOnlyDictionary<string, ValueKind> parameters)
    {
        _scopes = new ColumnScopes(tables);
        _parameters = parameters;
    }

    /// <summary>What is wrong with a statement; empty where nothing is.</summary>
    /// <param name="parameters">Such as <c>@id char(36)</c>.</param>
    public static IReadOnlyList<string> Check(
        TSqlFragment statement, IReadOnlyDictionary<string, TableShape> tables, IEnumerable<string> parameters)
    {
        var rules = new StatementRules(
            tables,
            parameters.Select(one => one.Split(' ', 2)).ToDictionary(one => one[0], one => ValueKinds.Of(one[1]), StringComparer.Ordinal));
        statement.Accept(rules);
        return rules._found;
    }

    public override void ExplicitVisit(QuerySpecification node)
    {
        using var scope = _scopes.Open(node.FromClause);
        CheckOrder(node);
        CheckGroups(node);
        base.ExplicitVisit(node);
    }

    public override void ExplicitVisit(UpdateSpecification node)
    {
        using var scope = _scopes.Open((NamedTableReference)node.Target);
        foreach (var set in node.SetClauses.OfType<AssignmentSetClause>())
            Compare(set.Column, set.NewValue);
        base.ExplicitVisit(node);
    }

    public override void ExplicitVisit(DeleteSpecification node)
    {
        using var scope = _scopes.Open((NamedTableReference)node.Target);
        base.ExplicitVisit(node);
    }

    public override void ExplicitVisit(InsertSpecification node)
    {
        var rows = node.InsertSource switch
        {
            ValuesInsertSource values => values.RowValues.Select(row => row.ColumnValues),
            SelectInsertSource { Select: QuerySpecification query } =>
                [[.. query.SelectElements.OfType<SelectScalarExpression>().Select(element => element.Expression)]],
            _ => [],
        };
        using (_scopes.Open((NamedTableReference)node.Target))
            foreach (var row in rows)
            {
                if (row.Count != node.Columns.Count)
                    _found.Add($"{node.Columns.Count} columns, {row.Count} values");
                foreach (var (column, value) in node.Columns.Zip(row))
                    Compare(column, value);
            }

        var named = node.Columns.Select(column => ColumnScopes.NameOf(column).Name).ToList();
        if (named.Distinct(StringComparer.OrdinalIgnoreCase).Count() != named.Count)
            _found.Add("a column is given twice");
        node.InsertSource.Accept(this);
    }

    public override void ExplicitVisit(BooleanComparisonExpression node)
    {
        Compare(node.FirstExpression, node.SecondExpression);
        Compare(node.SecondExpression, node.FirstExpression);
        base.ExplicitVisit(node);
    }

    public override void ExplicitVisit(InPredicate node)
    {
        foreach (var value in node.Values)
            Compare(node.Expression, value);
        base.ExplicitVisit(node);
    }

    public override void ExplicitVisit(ColumnReferenceExpression node)
    {
        if (node.ColumnType == ColumnType.Regular && _scopes.IsAmbiguous(node))
            _found.Add($"{ColumnScopes.NameOf(node).Name} could be of several tables");
    }

    public override void ExplicitVisit(VariableReference node)
    {
        if (!_parameters.ContainsKey(node.Name))
            _found.Add($"{node.Name} is no parameter");
    }

    private void CheckOrder(QuerySpecification query)
    {
        // The order stands outside of the scope of a query that is no specification; of one it is a part.
        var order = query.OrderByClause?.OrderByElements.Select(element => TSql.TextOf(element.Expression)).ToList() ?? [];
        if (order.Distinct(StringComparer.OrdinalIgnoreCase).Count() != order.Count)
            _found.Add("a column stands twice in order by");
        var shown = query.SelectElements.OfType<SelectScalarExpression>()
            .Select(element => (Alias: element.ColumnName?.Value, Text: TSql.TextOf(element.Expression))).ToList();
        foreach (var name in order.Where(name => shown.Count(one => string.Equals(one.Alias, name, StringComparison.OrdinalIgnoreCase)) > 1))
            _found.Add($"order by {name} could mean several columns of the result");
        if (query.UniqueRowFilter == UniqueRowFilter.Distinct)
            _found.AddRange(order.Where(name => shown.All(one => one.Alias != name && one.Text != name)).Select(name => $"distinct rows are ordered by {name}, which is not shown"));
    }

    private void CheckGroups(QuerySpecification query)
    {
        var groups = query.GroupByClause?.GroupingSpecifications.OfType<ExpressionGroupingSpecification>().Select(one => TSql.TextOf(one.Expression)).ToList();
        var elements = query.SelectElements.OfType<SelectScalarExpression>().Select(element => element.Expression).ToList();
        if (groups is null && !elements.Any(HasAggregate))
            return;
        foreach (var element in elements.Where(element => !HasAggregate(element) && element is not (Literal or VariableReference)))
            if (!(groups ?? []).Contains(TSql.TextOf(element)))
                _found.Add($"{TSql.TextOf(element)} is neither grouped nor an aggregate");
    }

    private void Compare(TSqlFragment left, TSqlFragment right)
    {
        if (left is not ColumnReferenceExpression column || _scopes.KindOf(column) is not { } kind)
            return;
        var value = right switch
        {
            VariableReference variable => _parameters.TryGetValue(variable.Name, out var known) ? known : ValueKind.Any,
            StringLiteral => ValueKind.Text,
            IntegerLiteral => ValueKind.Number,
            ColumnReferenceExpression other => _scopes.KindOf(other) ?? ValueKind.Any,
            _ => ValueKind.Any,
        };
        if (value != ValueKind.Any && value != kind)
            _found.Add($"{ColumnScopes.NameOf(column).Name} is {kind}, {TSql.TextOf(right)} is {value}");
    }

    private static bool HasAggregate(TSqlFragment fragment)
    {
        var finder = new AggregateFinder();
        fragment.Accept(finder);
        return finder.Found;
    }

    private sealed class AggregateFinder : TSqlFragmentVisitor
    {
        public bool Found { get; private set; }

        public override void Visit(FunctionCall node) => Found |= node.FunctionName.Value.ToUpperInvariant() is "COUNT" or "SUM" or "MAX" or "MIN" or "AVG";
    }
}
