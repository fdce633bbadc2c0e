using Google.LongRunning;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using OrderTracking.BuildingBlocks.Data;

namespace OrderTracking.BuildingBlocks.Jobs;

/// <summary>google.longrunning.Operations over the jobs of one database.</summary>
/// <typeparam name="TDb">The database.</typeparam>
public sealed class OperationsService<TDb> : Operations.OperationsBase
    where TDb : Db
{
    private readonly ReadOperations<TDb> _read;
    private readonly EndOperations<TDb> _end;

    internal OperationsService(ReadOperations<TDb> read, EndOperations<TDb> end) => (_read, _end) = (read, end);

    /// <summary>An operation as it is now.</summary>
    public override Task<Operation> GetOperation(GetOperationRequest request, ServerCallContext context) => _read.Get(request, context);

    /// <summary>The operations the caller may see, newest first; filtered by kind, actor, state, done and create_time.</summary>
    public override Task<ListOperationsResponse> ListOperations(ListOperationsRequest request, ServerCallContext context) =>
        _read.List(request, context);

    /// <summary>Waits for the end, no longer than asked, than the deadline and than a minute.</summary>
    public override Task<Operation> WaitOperation(WaitOperationRequest request, ServerCallContext context) => _read.Wait(request, context);

    /// <summary>Asks an operation to end; one that has ended stays as it is.</summary>
    public override Task<Empty> CancelOperation(CancelOperationRequest request, ServerCallContext context) => _end.Cancel(request, context);

    /// <summary>Removes a finished operation and its result.</summary>
    public override Task<Empty> DeleteOperation(DeleteOperationRequest request, ServerCallContext context) => _end.Delete(request, context);
}
