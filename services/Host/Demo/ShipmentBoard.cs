using Grpc.Core;
using OrderTracking.Shipments.V1;

namespace OrderTracking.Host.Demo;

/// <summary>
/// Every shipment as the watch stream last told it. The stream is opened again where it broke off, so nothing is missed.
/// </summary>
internal sealed class ShipmentBoard(Person reader)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Shipment> _shipments = [];
    private TaskCompletionSource _changed = NewSignal();

    /// <summary>All shipments, the oldest order first.</summary>
    public IReadOnlyList<Shipment> All
    {
        get
        {
            lock (_lock)
            {
                var byOrder = _shipments.Values.OrderBy(shipment => shipment.Order, StringComparer.Ordinal);
                return [.. byOrder.ThenBy(shipment => shipment.LineNumber)];
            }
        }
    }

    /// <summary>Follows the stream until it is cancelled.</summary>
    public async Task Follow(CancellationToken stopping)
    {
        var resumeToken = "";
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                using var call = reader.Shipments.WatchShipments(
                    new WatchShipmentsRequest { ResumeToken = resumeToken }, cancellationToken: stopping);
                await foreach (var change in call.ResponseStream.ReadAllAsync(stopping))
                {
                    resumeToken = change.ResumeToken;
                    Put(change.Shipment);
                }
            }
            catch (RpcException broken) when (broken.StatusCode is StatusCode.Unavailable or StatusCode.Cancelled)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
        }
    }

    /// <summary>Waits until the shipments are as asked.</summary>
    /// <exception cref="TimeoutException">They are not within the deadline; says what was waited for.</exception>
    public async Task Until(
        string what, Func<IReadOnlyList<Shipment>, bool> condition, CancellationToken stopping, int deadlineSeconds = 30)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        deadline.CancelAfter(TimeSpan.FromSeconds(deadlineSeconds));
        try
        {
            while (true)
            {
                Task changed;
                lock (_lock)
                    changed = _changed.Task;
                if (condition(All))
                    return;
                await changed.WaitAsync(deadline.Token);
            }
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            throw new TimeoutException($"waited {deadlineSeconds} s in vain until {what}");
        }
    }

    private void Put(Shipment shipment)
    {
        TaskCompletionSource changed;
        lock (_lock)
        {
            _shipments[shipment.Name] = shipment;
            changed = _changed;
            _changed = NewSignal();
        }

        changed.SetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
