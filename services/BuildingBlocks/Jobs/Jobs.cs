using Google.Protobuf;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.BuildingBlocks.Messaging;
using Operation = Google.LongRunning.Operation;

namespace OrderTracking.BuildingBlocks.Jobs;

/// <summary>Starts long work of one database.</summary>
/// <typeparam name="TDb">The database whose tables the work reads and writes.</typeparam>
public sealed class Jobs<TDb>
    where TDb : Db
{
    private readonly JobKinds<TDb> _kinds;
    private readonly JobSignal<TDb> _signal;
    private readonly JobOptions _options;

    internal Jobs(JobKinds<TDb> kinds, JobSignal<TDb> signal, JobOptions options) => (_kinds, _signal, _options) = (kinds, signal, options);

    /// <summary>Stores a job with the caller's transaction. It begins to run after the commit.</summary>
    /// <param name="tx">The transaction of the call.</param>
    /// <param name="kind">The kind of a registered job.</param>
    /// <param name="request">What the job is asked with, of its request's type.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="now">The instant of the request.</param>
    /// <returns>What the caller is answered.</returns>
    /// <exception cref="Refusal">OPERATIONS_QUEUE_FULL.</exception>
    /// <exception cref="ArgumentException">No such kind is registered, or the request is of another type.</exception>
    public async Task<Operation> Start(Tx tx, string kind, IMessage request, string actor, DateTimeOffset now)
    {
        if (_kinds.Find(kind)?.RequestType != request.GetType())
            throw new ArgumentException($"No job of the kind {kind} takes a {request.GetType().Name}.", nameof(kind));
        if (await JobStore.Unfinished(tx) >= _options.UnfinishedMax)
            throw new Refusal(JobReasons.OperationsQueueFull, $"{_options.UnfinishedMax} operations are unfinished; wait for one to end.")
            {
                RetryDelay = _options.Lease,
            };
        var trace = TraceCarrier.OfCurrentActivity();
        var row = new JobRow
        {
            Id = Guid.CreateVersion7(now),
            Kind = kind,
            Actor = actor,
            Request = request.ToByteArray(),
            Traceparent = trace.Traceparent,
            Tracestate = trace.Tracestate,
            Baggage = trace.Baggage,
            CreatedAt = now,
        };
        await JobStore.Insert(tx, row);
        tx.AfterCommit(_signal.Wake);
        return row.ToOperation();
    }

    /// <summary>An operation as this transaction sees it; null where there is none.</summary>
    public async Task<Operation?> Find(Tx tx, Guid id) => (await JobStore.Find(tx, id))?.ToOperation();
}
