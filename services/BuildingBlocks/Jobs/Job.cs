using Google.Protobuf;
using OrderTracking.BuildingBlocks.Data;

namespace OrderTracking.BuildingBlocks.Jobs;

/// <summary>Work that is too long for a call. Derive from <see cref="Job{TRequest, TResponse}"/>.</summary>
public abstract class Job
{
    private static readonly IReadOnlySet<string> Staff = new HashSet<string>(["analyst", "officer", "counsel"], StringComparer.Ordinal);

    private protected Job()
    {
    }

    /// <summary>A stable text such as <c>impact.simulate</c>; stored rows are found by it.</summary>
    public abstract string Kind { get; }

    /// <summary>The roles that may start it and so may read every operation of the kind; its starter, auditors and operators always may.</summary>
    public virtual IReadOnlySet<string> Readers => Staff;

    internal abstract Type RequestType { get; }

    internal abstract Task<IMessage> Run(JobRun run, byte[] request, CancellationToken cancellation);

    /// <summary>Removes what a finished run has stored in tables of its own, in the transaction that deletes its operation.</summary>
    /// <param name="tx">The transaction of the deletion.</param>
    /// <param name="id">The run's id.</param>
    public virtual Task Forget(Tx tx, Guid id) => Task.CompletedTask;
}

/// <summary>One kind of long work. It runs at least once from its last checkpoint on, so what it stores belongs to a checkpoint.</summary>
/// <typeparam name="TRequest">What it is asked with.</typeparam>
/// <typeparam name="TResponse">What it answers once it is done.</typeparam>
public abstract class Job<TRequest, TResponse> : Job
    where TRequest : class, IMessage<TRequest>, new()
    where TResponse : class, IMessage<TResponse>, new()
{
    internal sealed override Type RequestType => typeof(TRequest);

    internal sealed override async Task<IMessage> Run(JobRun run, byte[] request, CancellationToken cancellation)
    {
        var message = new TRequest();
        message.MergeFrom(request);
        return await Run(run, message, cancellation);
    }

    /// <summary>Does the work from <see cref="JobRun.Checkpoint"/> on.</summary>
    /// <param name="run">Takes progress, checkpoints and partial failures.</param>
    /// <param name="request">What was asked for.</param>
    /// <param name="cancellation">Ends the run: the process stops, somebody cancelled, or another runner has the work.</param>
    /// <exception cref="Grpc.Refusal">The operation ends with this reason. Any other exception ends it with INTERNAL.</exception>
    protected abstract Task<TResponse> Run(JobRun run, TRequest request, CancellationToken cancellation);
}
