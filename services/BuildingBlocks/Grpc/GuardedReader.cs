using Grpc.Core;

namespace OrderTracking.BuildingBlocks.Grpc;

/// <summary>The messages of a stream. One that cannot be read is the caller's fault and is told so; it is no defect of the system.</summary>
internal sealed class GuardedReader<T>(IAsyncStreamReader<T> messages, CancellationToken cancellation) : IAsyncStreamReader<T>
{
    public T Current => messages.Current;

    public async Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        try
        {
            return await messages.MoveNext(cancellationToken);
        }
        catch (RpcException error) when (!cancellation.IsCancellationRequested)
        {
            throw new Refusal(BareStatus.ReasonOf(error.StatusCode, methodKnown: true, read: false), error.Status.Detail);
        }
        catch (Exception) when (!cancellation.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new Refusal(BuildingReasons.RequestMalformed, BareStatus.Unreadable);
        }
    }
}
