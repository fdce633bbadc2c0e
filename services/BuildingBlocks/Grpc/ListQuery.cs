using System.Globalization;
using Dapper;

namespace OrderTracking.BuildingBlocks.Grpc;

/// <summary>
/// A parsed list request: its filter and order as SQL, and the place to go on from. Pages are cut by key (order column, then
/// <c>seq</c>), so rows inserted meanwhile neither repeat nor hide old ones.
/// </summary>
public sealed class ListQuery
{
    /// <summary>Rows of a page when the caller names none.</summary>
    public const int PageSizeDefault = 50;

    /// <summary>Rows of a page at most; more is cut to it.</summary>
    public const int PageSizeMax = 1000;

    private readonly int _pageSize;
    private readonly IReadOnlyList<FilterTerm> _terms;
    private readonly ListField? _orderField;
    private readonly bool _descending;
    private readonly string _digest;
    private readonly PageToken? _after;

    private ListQuery(int pageSize, IReadOnlyList<FilterTerm> terms, (ListField? Field, bool Descending) order, string digest, PageToken? after)
    {
        (_pageSize, _terms, _digest, _after) = (pageSize, terms, digest, after);
        (_orderField, _descending) = order;
    }

    /// <summary>Parses the list fields of a request.</summary>
    /// <param name="pageSize">0: the default of 50. Above 1,000: cut.</param>
    /// <param name="pageToken">Blank: the first page. Else the next_page_token of a page with the same filter and order.</param>
    /// <param name="filter">Comparisons (<c>= != &lt; &lt;= &gt; &gt;=</c>) joined by AND; see AIP-160.</param>
    /// <param name="orderBy">One sortable field, with <c>desc</c> behind it where wanted. Blank: <paramref name="defaultOrder"/>.</param>
    /// <param name="fields">What the list can be filtered and ordered by.</param>
    /// <param name="defaultOrder">Blank: by seq, oldest first; <c>desc</c>: by seq, newest first; else as orderBy.</param>
    /// <exception cref="Refusal">INVALID_ARGUMENT with every violation; a filter's names the position.</exception>
    public static ListQuery Parse(
        int pageSize, string pageToken, string filter, string orderBy, IReadOnlyList<ListField> fields, string defaultOrder)
    {
        var violations = new Violations();
        if (pageSize < 0)
            violations.Add("page_size", BuildingReasons.PageSizeNegative, pageSize.ToString(CultureInfo.InvariantCulture), "0 or more");
        var terms = FilterParser.Parse(filter, fields, violations);
        var order = ParseOrder(string.IsNullOrWhiteSpace(orderBy) ? defaultOrder : orderBy, fields, violations);
        var digest = PageToken.DigestOf(filter, orderBy);
        var after = pageToken.Length == 0 ? null : PageToken.Read(pageToken, digest, order.Field, violations);
        violations.ThrowIfAny();
        return new ListQuery(pageSize == 0 ? PageSizeDefault : Math.Min(pageSize, PageSizeMax), terms, order, digest, after);
    }

    /// <summary>The column the list is ordered by before seq; select it as the key that <see cref="NextToken"/> is given.</summary>
    public string OrderColumn(string seqColumn = "seq") => _orderField?.Column ?? seqColumn;

    /// <summary>
    /// The parts of the query: <c>where {Where} {OrderBy} {tx.Dialect.Page()}</c>. Where is never blank; the parameters hold
    /// <c>@take</c>, one above the page size, which tells whether there is a next page. Further parameters may be added.
    /// </summary>
    public (string Where, string OrderBy, DynamicParameters Parameters, int Take) Sql(string seqColumn = "seq")
    {
        var parameters = new DynamicParameters();
        parameters.Add("take", _pageSize + 1);
        var where = new List<string> { "1 = 1" };
        for (var index = 0; index < _terms.Count; index++)
            parameters.Add(NameOf(index), _terms[index].Parameter);
        where.AddRange(FilterTerm.Conditions(_terms, NameOf));
        if (_after is not null)
            where.Add(AfterSql(_after, seqColumn, parameters));
        var direction = _descending ? "desc" : "asc";
        // A server refuses a column that is named twice in an order.
        var orderBy = _orderField is null || _orderField.Column == seqColumn
            ? $"order by {seqColumn} {direction}"
            : $"order by {_orderField.Column} {direction}, {seqColumn} {direction}";
        return (string.Join(" and ", where), orderBy, parameters, _pageSize + 1);
    }

    /// <summary>The rows of the page: what was read without the one row that only tells of a next page.</summary>
    public IEnumerable<T> Page<T>(IReadOnlyList<T> rows) => rows.Take(_pageSize);

    /// <summary>The token of the next page; blank where this was the last one.</summary>
    /// <param name="rows">The rows as read, with the one above the page size.</param>
    /// <param name="orderKey">The value of <see cref="OrderColumn"/> as it is read: text, a date, an instant or a whole number.</param>
    /// <param name="seq">The row's seq.</param>
    public string NextToken<T>(IReadOnlyList<T> rows, Func<T, object?> orderKey, Func<T, long> seq)
    {
        if (rows.Count <= _pageSize)
            return "";
        var last = rows[_pageSize - 1];
        return new PageToken(_digest, _orderField is null ? null : PageToken.KeyOf(orderKey(last), _orderField.Kind), seq(last)).Write();
    }

    /// <summary>
    /// The same for rows that no query orders, because the key is computed: those after the page before, ascending by an instant and then
    /// seq, with the one above the page size.
    /// </summary>
    public IReadOnlyList<T> Cut<T>(IEnumerable<T> rows, Func<T, DateTimeOffset> orderKey, Func<T, long> seq)
    {
        var ordered = rows.OrderBy(orderKey).ThenBy(seq);
        if (_after is null)
            return [.. ordered.Take(_pageSize + 1)];
        var after = ((DateTimeOffset)_after.KeyOf(_orderField!)!, _after.Seq);
        return [.. ordered.Where(row => (orderKey(row), seq(row)).CompareTo(after) > 0).Take(_pageSize + 1)];
    }

    private static string NameOf(int index) => string.Create(CultureInfo.InvariantCulture, $"filter{index}");

    private string AfterSql(PageToken after, string seqColumn, DynamicParameters parameters)
    {
        var compare = _descending ? "<" : ">";
        parameters.Add("afterSeq", after.Seq);
        if (_orderField is null)
            return $"{seqColumn} {compare} @afterSeq";
        parameters.Add("afterKey", after.KeyOf(_orderField));
        var column = _orderField.Column;
        return $"({column} {compare} @afterKey or ({column} = @afterKey and {seqColumn} {compare} @afterSeq))";
    }

    private static (ListField? Field, bool Descending) ParseOrder(string orderBy, IReadOnlyList<ListField> fields, Violations violations)
    {
        var words = orderBy.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words is [] or ["desc"])
            return (null, words.Length == 1);
        var field = fields.FirstOrDefault(candidate => candidate.Sortable && candidate.Name == words[0]);
        if (field is not null && words is [_] or [_, "asc" or "desc"])
            return (field, words is [_, "desc"]);
        var allowed = string.Join(", ", fields.Where(candidate => candidate.Sortable).Select(candidate => candidate.Name));
        violations.Add("order_by", BuildingReasons.OrderByInvalid, orderBy, $"one of {allowed}, with desc behind it where wanted");
        return (null, false);
    }
}
