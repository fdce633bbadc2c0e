using System.Diagnostics;
using Microsoft.Extensions.Hosting;

namespace OrderTracking.BuildingBlocks.Messaging.RabbitMq;

/// <summary>
/// Stands between the broker's queues and the handlers. A message is let through until the process stops; it is kept, unacknowledged,
/// until what it asks for is durable. An <see cref="OperationCanceledException"/> is what makes the bus give a message back to its queue.
/// </summary>
internal sealed class ConsumerGate : IDisposable
{
    private static readonly TimeSpan PauseMin = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan PauseMax = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);
    private readonly CancellationTokenSource _closed = new();
    private readonly CancellationToken _stopping;
    private readonly TimeSpan _holdMax;
    private int _running;

    public ConsumerGate(IHostApplicationLifetime lifetime, MessagingOptions options) =>
        (_stopping, _holdMax) = (lifetime.ApplicationStopping, options.RabbitMq.HoldMax);

    /// <summary>Runs <paramref name="work"/> again and again until it succeeds.</summary>
    /// <param name="work">Whole or not at all, however often it is run.</param>
    /// <param name="failed">Told of the first failure only.</param>
    /// <exception cref="OperationCanceledException">The message goes back: the process stops, or the message was held for long.</exception>
    public async Task UntilDurable(Func<Task> work, Action<Exception> failed)
    {
        // A process that stops takes nothing more. Given back at once, the message would come again at once.
        if (_stopping.IsCancellationRequested)
            await Task.Delay(Timeout.InfiniteTimeSpan, _closed.Token);
        Interlocked.Increment(ref _running);
        try
        {
            await Repeat(work, failed);
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }

    /// <summary>Waits until no handler runs.</summary>
    public async Task Idle(CancellationToken cancellation)
    {
        while (Volatile.Read(ref _running) > 0)
            await Task.Delay(Look, cancellation);
    }

    /// <summary>Gives back what waits at the gate.</summary>
    public void Close() => _closed.Cancel();

    public void Dispose() => _closed.Dispose();

    private async Task Repeat(Func<Task> work, Action<Exception> failed)
    {
        var since = Stopwatch.GetTimestamp();
        for (var pause = PauseMin; ; pause = pause * 2 < PauseMax ? pause * 2 : PauseMax)
        {
            try
            {
                await work();
                return;
            }
            catch (Exception error)
            {
                if (pause == PauseMin)
                    failed(error);
                if (Stopwatch.GetElapsedTime(since) > _holdMax)
                    throw new OperationCanceledException("Held for long; the broker is to deliver it again.", error);
            }

            // Spread, so that all that waits for a database does not come at the same moment.
            await Task.Delay(pause * (0.5 + Random.Shared.NextDouble()), _stopping);
        }
    }
}
