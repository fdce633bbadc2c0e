using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Grpc;
using V1 = OrderTracking.Compliance.V1;

namespace OrderTracking.ComplianceService.Decisions;

/// <summary>What lists of decisions are filtered by beside the decision's own row: one row a value, kept as long as the decision.</summary>
internal static class DecisionTerms
{
    public static readonly IReadOnlyList<ListField> Fields =
    [
        Field("rule", "RULE"),
        Field("amendment", "AMENDMENT"),
        Field("order", "ORDER"),
        Field("actor", "ACTOR"),
        Field("party", "PARTY"),
        Field("engine_version", "ENGINE"),
    ];

    private const string Insert = "insert into decision_terms (kind, value, decision_id) values (@Kind, @Value, @DecisionId)";

    /// <param name="order">orders/{order}; blank where it is not known.</param>
    public static async Task Save(Tx tx, V1.Decision decision, string order)
    {
        var id = Names.IdOf(decision.Name);
        foreach (var (kind, value) in Of(decision, order).Where(term => term.Value.Length > 0).Distinct())
            await tx.Execute(Insert, new { Kind = kind, Value = value, DecisionId = id });
    }

    private static IEnumerable<(string Kind, string Value)> Of(V1.Decision decision, string order) =>
    [
        ("ORDER", order),
        ("ACTOR", decision.Actor),
        ("ENGINE", decision.EngineVersion),
        .. decision.Findings.SelectMany(finding => ((string, string)[])[("RULE", finding.Rule), ("AMENDMENT", finding.Amendment)]),
        .. decision.Facts.Parties.Select(party => ("PARTY", party.Name)),
    ];

    private static ListField Field(string name, string kind) => new(name, "t.value", ListFieldKind.Text, Sortable: false)
    {
        Among = $"decision_id in (select t.decision_id from decision_terms t where t.kind = '{kind}' and {{0}})",
    };
}
