namespace OrderTracking.ShipmentService.Watching;

/// <summary>Wakes everybody who watches when a change has been committed.</summary>
internal sealed class ChangeSignal
{
    private TaskCompletionSource _next = NewSource();

    /// <summary>Ends with the next change. Take it before reading, or a change between reading and waiting is slept through.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    public void Wake() => Interlocked.Exchange(ref _next, NewSource()).TrySetResult();

    // The waker is the database's writer: it must not run what the woken do next.
    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
