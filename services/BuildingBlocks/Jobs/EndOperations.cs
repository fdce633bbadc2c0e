using Google.LongRunning;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Grpc;

namespace OrderTracking.BuildingBlocks.Jobs;

internal sealed class EndOperations<TDb>(TDb db, JobKinds<TDb> kinds, JobSignal<TDb> signal, TimeProvider clock)
    where TDb : Db
{
    public async Task<Empty> Cancel(CancelOperationRequest request, ServerCallContext context)
    {
        var id = OperationName.Require(request.Name);
        await db.Write(tx => Cancel(tx, id, context.Actor()), context.CancellationToken);
        return new Empty();
    }

    public async Task<Empty> Delete(DeleteOperationRequest request, ServerCallContext context)
    {
        var id = OperationName.Require(request.Name);
        await db.Write(tx => Delete(tx, id, context.Actor()), context.CancellationToken);
        return new Empty();
    }

    private async Task Cancel(Tx tx, Guid id, Actor actor)
    {
        await Find(tx, id, actor);
        await JobStore.AskCancel(tx, id);
        if (!await JobStore.CancelWaiting(tx, id, JobError.Cancelled(), clock.GetUtcNow()))
            tx.AfterCommit(() => signal.Cancel(id));
    }

    private async Task Delete(Tx tx, Guid id, Actor actor)
    {
        var row = await Find(tx, id, actor);
        if (row.Finished == 0)
            throw new Refusal(JobReasons.OperationNotFinished, "The operation is not finished; cancel it before deleting it.")
            {
                Metadata = new Dictionary<string, string> { ["operation"] = row.Name },
            };
        if (kinds.Find(row.Kind) is { } job)
            await job.Forget(tx, id);
        await JobStore.Delete(tx, id);
    }

    private static async Task<JobRow> Find(Tx tx, Guid id, Actor actor)
    {
        var row = await JobStore.Find(tx, id) ?? throw OperationAccess.Unknown(id);
        OperationAccess.RequireEnder(row, actor);
        return row;
    }
}
