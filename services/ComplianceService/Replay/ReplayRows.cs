using Google.Protobuf;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.ComplianceService.Decisions;
using V1 = OrderTracking.Compliance.V1;

namespace OrderTracking.ComplianceService.Replay;

/// <summary>A stored decision's bytes.</summary>
internal sealed class RecordRow
{
    public long Seq { get; init; }

    public Guid Id { get; init; }

    public byte[] Body { get; init; } = [];
}

/// <summary>The decisions of a range, and the mismatches found among them.</summary>
internal static class ReplayRows
{
    private const string Insert = """
        insert into replay_mismatches (operation, decision_id, body) values (@operation, @decision, @body)
        """;

    /// <exception cref="Refusal">FILTER_INVALID.</exception>
    public static ListQuery Parse(string filter) => ListQuery.Parse(1, "", filter, "", ReadDecisions.Fields, "");

    /// <summary>The seq of the last decision of the range, and how many there are.</summary>
    public static async Task<(long Last, long Count)> Bounds(Tx tx, ListQuery range)
    {
        var sql = range.Sql();
        var row = await tx.QueryFirstOrDefault<BoundsRow>(
            $"select coalesce(max(seq), 0) as Last, count(*) as Count from decisions where {sql.Where}", sql.Parameters);
        return (row!.Last, row.Count);
    }

    /// <summary>The next decisions of the range in the order they were stored.</summary>
    public static Task<IReadOnlyList<RecordRow>> Batch(Tx tx, ListQuery range, long after, long last, int take)
    {
        var sql = range.Sql();
        sql.Parameters.Add("after", after);
        sql.Parameters.Add("last", last);
        sql.Parameters.Add("take", take);
        return tx.Query<RecordRow>(
            $"""
            select seq as Seq, decision_id as Id, body as Body
            from decisions where {sql.Where} and seq > @after and seq <= @last order by seq {tx.Dialect.Page()}
            """,
            sql.Parameters);
    }

    public static Task Add(Tx tx, string operation, Guid decision, V1.DecisionReplay mismatch) =>
        tx.Execute(Insert, new { operation, decision, body = mismatch.ToByteArray() });

    private sealed class BoundsRow
    {
        public long Last { get; init; }

        public long Count { get; init; }
    }
}
