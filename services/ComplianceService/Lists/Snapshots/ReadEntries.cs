using System.Globalization;
using Grpc.Core;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.Compliance.V1;
using OrderTracking.ComplianceService.Lists.Matching;
using OrderTracking.ComplianceService.Rules;
using OrderTracking.ComplianceService.Screening;
using OrderTracking.Wire;
using WireCountries = OrderTracking.Wire.Countries;

namespace OrderTracking.ComplianceService.Lists.Snapshots;

/// <summary>Entries as a snapshot has them, and those a name matches.</summary>
internal sealed class ReadEntries(ComplianceDb db, Knowledge knowledge)
{
    public const int MatchesMax = 100;
    private const int ScoreMax = 100;

    private static readonly ListField[] Fields =
    [
        new("entry", "s.entry", ListFieldKind.Text, Sortable: true),
        new("listed_name", "s.listed_name", ListFieldKind.Text, Sortable: true),
        new("source", "s.source", ListFieldKind.Text, Sortable: false),
        new("start_date", "s.start_date", ListFieldKind.Date, Sortable: false),
        new("end_date", "s.end_date", ListFieldKind.Date, Sortable: false),
    ];

    public async Task<ListListEntriesResponse> List(ListListEntriesRequest request, ServerCallContext context)
    {
        var (list, number) = Parent(request.Parent);
        var query = ListQuery.Parse(request.PageSize, request.PageToken, request.Filter, request.OrderBy, Fields, "");
        var sql = query.Sql("s.seq");
        sql.Parameters.Add("list", list);
        sql.Parameters.Add("number", number);
        var within = number is null
            ? "s.last_number is null"
            : "s.first_number <= @number and (s.last_number is null or s.last_number > @number)";
        var rows = await db.Read(
            async tx =>
            {
                var known = number is { } asked ? await ListStore.Find(tx, ListNames.Snapshot(list, asked)) : await ListStore.InForce(tx, list);
                if (known?.RecordedAt is null)
                    throw new Refusal(
                        number is null ? ListReasons.ListUnknown : ListReasons.SnapshotUnknown, $"There is no {request.Parent} that counts or counted.");
                return await tx.Query<SpanRow>(
                    $"""
                    select {ListStore.SpanColumns}, {query.OrderColumn("s.seq")} as OrderKey from {ListStore.SpanTables}
                    where {sql.Where} and s.list = @list and {within} {sql.OrderBy} {tx.Dialect.Page()}
                    """,
                    sql.Parameters);
            },
            context.CancellationToken);
        var response = new ListListEntriesResponse { NextPageToken = query.NextToken(rows, row => row.OrderKey, row => row.Seq) };
        response.Entries.AddRange(query.Page(rows).Select(ListMapping.Of));
        return response;
    }

    public async Task<SearchListEntriesResponse> Search(SearchListEntriesRequest request, ServerCallContext context)
    {
        var violations = new Violations();
        var name = WireText.Parse(request.PartyName, "party_name", Limits.NameCharactersMax, violations, WireReasons.NameMissing);
        var country = request.Country.Length == 0 ? "" : WireCountries.Parse(request.Country, "country", violations);
        var address = WireText.ParseOptional(request.Address, "address", Limits.AddressCharactersMax, violations);
        if (request.MinScore is not 0 and (< PartyScorer.ScoreMin or > ScoreMax))
            violations.Add(
                "min_score", ListReasons.ScoreOutOfRange, request.MinScore.ToString(CultureInfo.InvariantCulture), $"0, or {PartyScorer.ScoreMin} to {ScoreMax}");
        violations.ThrowIfAny();
        var (head, knownAt) = await knowledge.AsOf(null, context.CancellationToken);
        var threshold = head.Lists.ThresholdAt(knownAt);
        var party = new Party(PartyRole.EndUser, name!, country!, country!, Address: address);
        var response = new SearchListEntriesResponse { Threshold = threshold };
        foreach (var (listed, hit) in head.Lists.Search(party, request.MinScore == 0 ? threshold : request.MinScore, knownAt).Take(MatchesMax))
            response.Matches.Add(new ListEntryScore { Entry = ListMapping.Of(listed), Score = hit.Score, MatchedName = hit.MatchedName });
        return response;
    }

    private static (string List, long? Number) Parent(string parent)
    {
        if (ListNames.TryList(parent, out var list))
            return (list, null);
        if (ListNames.TrySnapshot(parent, out list, out var number))
            return (list, number);
        Violations.Throw("parent", BuildingReasons.NameInvalid, parent, "lists/{list} or lists/{list}/snapshots/{number}");
        return default;
    }
}
