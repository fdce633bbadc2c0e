using Google.Protobuf;
using Grpc.Core;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.BuildingBlocks.Jobs;

namespace OrderTracking.ComplianceService.Replay;

/// <summary>Streams the rows an operation has stored, a batch at a time: the first are on their way before the last are read.</summary>
internal sealed class StreamRows(ComplianceDb db)
{
    private const int BatchSize = 200;

    /// <exception cref="Refusal">NAME_INVALID, or OPERATION_UNKNOWN where there is none of this kind.</exception>
    public async Task Run<TRow>(
        string name, string kind, string table, MessageParser<TRow> parser, IServerStreamWriter<TRow> answers, CancellationToken cancellation)
        where TRow : IMessage<TRow>
    {
        var id = OperationName.Require(name);
        if (await db.Read(tx => tx.QueryFirstOrDefault<string>("select kind from jobs where job_id = @id", new { id }), cancellation) != kind)
            throw new Refusal(JobReasons.OperationUnknown, $"There is no such operation of the kind {kind}.")
            {
                Metadata = new Dictionary<string, string> { ["operation"] = name },
            };
        var after = 0L;
        while (await db.Read(tx => Batch(tx, table, name, after), cancellation) is { Count: > 0 } rows)
        {
            foreach (var row in rows)
                await answers.WriteAsync(parser.ParseFrom(row.Body), cancellation);
            after = rows[^1].Seq;
        }
    }

    private static Task<IReadOnlyList<Row>> Batch(Tx tx, string table, string operation, long after) => tx.Query<Row>(
        $"select seq as Seq, body as Body from {table} where operation = @operation and seq > @after order by seq {tx.Dialect.Page()}",
        new { operation, after, take = BatchSize });

    private sealed class Row
    {
        public long Seq { get; init; }

        public byte[] Body { get; init; } = [];
    }
}
