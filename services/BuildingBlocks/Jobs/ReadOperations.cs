using Google.LongRunning;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.Extensions.Hosting;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Grpc;

namespace OrderTracking.BuildingBlocks.Jobs;

internal sealed class ReadOperations<TDb>(TDb db, JobKinds<TDb> kinds, JobOptions options, IHostApplicationLifetime lifetime)
    where TDb : Db
{
    private const int NanosMax = 999_999_999;
    private static readonly TimeProvider Clock = MicrosecondClock.Machine;
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(100);

    // The answer has to reach the caller before his deadline does.
    private static readonly TimeSpan AnswerTime = TimeSpan.FromMilliseconds(250);

    private static readonly IReadOnlyList<ListField> Fields =
    [
        new("kind", "kind", ListFieldKind.Text, Sortable: false),
        new("actor", "actor", ListFieldKind.Text, Sortable: false),
        new("state", "state", ListFieldKind.Text, Sortable: false),
        new("done", "finished", ListFieldKind.Flag, Sortable: false),
        new("create_time", "created_at", ListFieldKind.Instant, Sortable: false),
    ];

    public async Task<Operation> Get(GetOperationRequest request, ServerCallContext context) =>
        (await Find(OperationName.Require(request.Name), context)).ToOperation();

    public Task<ListOperationsResponse> List(ListOperationsRequest request, ServerCallContext context)
    {
        if (!OperationName.IsCollection(request.Name))
            Violations.Throw("name", BuildingReasons.NameInvalid, request.Name, "operations, or blank");
        var query = ListQuery.Parse(request.PageSize, request.PageToken, request.Filter, "", Fields, defaultOrder: "desc");
        var actor = context.Actor();
        return db.Read(tx => List(tx, query, actor), context.CancellationToken);
    }

    public async Task<Operation> Wait(WaitOperationRequest request, ServerCallContext context)
    {
        var violations = new Violations();
        var id = OperationName.Parse(request.Name, "name", violations);
        var asked = Timeout(request.Timeout, violations);
        violations.ThrowIfAny();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, lifetime.ApplicationStopping);
        var start = Clock.GetTimestamp();
        var longest = Shortest(asked, context);
        while (true)
        {
            var row = await Find(id!.Value, context);
            if (row.Finished == 1 || Clock.GetElapsedTime(start) >= longest || stop.IsCancellationRequested)
                return row.ToOperation();
            await Task.Delay(LookInterval, Clock, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<JobRow> Find(Guid id, ServerCallContext context)
    {
        var row = await db.Read(tx => JobStore.Find(tx, id), context.CancellationToken) ?? throw OperationAccess.Unknown(id);
        OperationAccess.RequireReader(row, context.Actor(), kinds);
        return row;
    }

    private async Task<ListOperationsResponse> List(Tx tx, ListQuery query, Actor actor)
    {
        var (where, order, parameters, _) = query.Sql();
        if (!OperationAccess.ReadsAll(actor))
        {
            // A blank kind stands for none: the list of an SQL "in" is never empty.
            parameters.Add("readableKinds", kinds.ReadableBy(actor.Roles).Append(""));
            parameters.Add("reader", actor.Subject);
            where += " and (actor = @reader or kind in @readableKinds)";
        }

        var rows = await JobStore.List(tx, where, order, parameters);
        var response = new ListOperationsResponse { NextPageToken = query.NextToken(rows, row => row.Seq, row => row.Seq) };
        response.Operations.AddRange(query.Page(rows).Select(row => row.ToOperation()));
        return response;
    }

    private static TimeSpan? Timeout(Duration? timeout, Violations violations)
    {
        if (timeout is null)
            return null;
        if (timeout.Seconds is >= 0 and <= int.MaxValue && timeout.Nanos is >= 0 and <= NanosMax)
            return timeout.ToTimeSpan();
        violations.Add("timeout", JobReasons.OperationTimeoutInvalid, $"{timeout.Seconds} s {timeout.Nanos} ns", "0 seconds or more");
        return null;
    }

    private TimeSpan Shortest(TimeSpan? asked, ServerCallContext context)
    {
        var longest = asked is { } given && given < options.WaitMax ? given : options.WaitMax;
        if (context.Deadline == DateTime.MaxValue)
            return longest;
        var left = context.Deadline - Clock.GetUtcNow().UtcDateTime - AnswerTime;
        return left < longest ? left : longest;
    }
}
