using Grpc.Core;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.Compliance.V1;
using V1 = OrderTracking.Compliance.V1;

namespace OrderTracking.ComplianceService.Rules;

/// <summary>GetRule and ListRules: the stacks as committed, with what waits for a second person.</summary>
internal sealed class ReadRules(ComplianceDb db, Knowledge knowledge, PackFiles pack, TimeProvider clock)
{
    private static readonly ListField[] Fields =
    [
        new("name", "name", ListFieldKind.Text, Sortable: true),
        new("origin", "origin", ListFieldKind.Text, Sortable: false),
        new("title", "title", ListFieldKind.Text, Sortable: false),
        new("create_time", "created_at", ListFieldKind.Instant, Sortable: false),
        new("update_time", "updated_at", ListFieldKind.Instant, Sortable: false),
    ];

    public Task<V1.Rule> Get(GetRuleRequest request, ServerCallContext context)
    {
        var violations = new Violations();
        AmendmentNames.ParseRule(request.Name, "name", violations);
        violations.ThrowIfAny();
        return db.Read(
            async tx => await RuleStore.FindRule(tx, request.Name) is { } row
                ? await Whole(tx, row, await knowledge.Current(tx), withTests: true)
                : throw new Refusal(RegisterReasons.RuleUnknown, $"There is no rule {request.Name}."),
            context.CancellationToken);
    }

    public Task<ListRulesResponse> List(ListRulesRequest request, ServerCallContext context)
    {
        var query = ListQuery.Parse(request.PageSize, request.PageToken, request.Filter, request.OrderBy, Fields, "name");
        return db.Read(tx => Page(tx, query), context.CancellationToken);
    }

    private async Task<ListRulesResponse> Page(Tx tx, ListQuery query)
    {
        var (where, order, parameters, _) = query.Sql();
        var rows = await RuleStore.List(tx, where, order, parameters);
        var head = await knowledge.Current(tx);
        var response = new ListRulesResponse
        {
            NextPageToken = query.NextToken(rows, row => row.Name, row => row.Seq),
            Disclaimer = head.Rules.Notes.Notice,
        };
        response.LeftOut.AddRange(head.Rules.Notes.LeftOut);
        foreach (var row in query.Page(rows))
            response.Rules.Add(await Whole(tx, row, head, withTests: false));
        return response;
    }

    private async Task<V1.Rule> Whole(Tx tx, RuleRow row, KnowledgeHead head, bool withTests)
    {
        var own = await RuleStore.AmendmentsOf(tx, row.RuleId);
        return RuleMapping.Of(row, head.Rules.Find(row.RuleId)!, own, head, pack, clock.GetUtcNow(), withTests);
    }
}
