using System.Threading.Channels;

namespace OrderTracking.OrderService.Timeline;

/// <summary>Wakes those who watch an order once something about it was committed.</summary>
internal sealed class OrderSignals
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, HashSet<Subscription>> _watchers = [];

    /// <summary>Whether anybody listens.</summary>
    public bool HasWatchers
    {
        get
        {
            lock (_lock)
                return _watchers.Count > 0;
        }
    }

    /// <summary>Starts listening. Do so before the first read: what is committed in between then wakes the next wait.</summary>
    public Subscription Subscribe(Guid orderId)
    {
        var subscription = new Subscription(this, orderId);
        lock (_lock)
        {
            if (!_watchers.TryGetValue(orderId, out var watchers))
                _watchers[orderId] = watchers = [];
            watchers.Add(subscription);
        }

        return subscription;
    }

    /// <summary>Wakes the watchers of an order. Never waits for them.</summary>
    public void Signal(Guid orderId)
    {
        lock (_lock)
        {
            if (!_watchers.TryGetValue(orderId, out var watchers))
                return;
            foreach (var watcher in watchers)
                watcher.Wake();
        }
    }

    private void Remove(Subscription subscription)
    {
        lock (_lock)
        {
            if (_watchers.TryGetValue(subscription.OrderId, out var watchers) && watchers.Remove(subscription) && watchers.Count == 0)
                _watchers.Remove(subscription.OrderId);
        }
    }

    /// <summary>One listener. Many signals between two waits are one.</summary>
    internal sealed class Subscription(OrderSignals signals, Guid orderId) : IDisposable
    {
        private readonly Channel<bool> _woken =
            Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

        public Guid OrderId { get; } = orderId;

        public void Wake() => _woken.Writer.TryWrite(true);

        /// <summary>Returns when something was committed since the last wait, or after <paramref name="longest"/>.</summary>
        public async Task Wait(TimeSpan longest, CancellationToken cancellation)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            limit.CancelAfter(longest);
            try
            {
                await _woken.Reader.ReadAsync(limit.Token);
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                // Nobody woke us: the caller looks all the same.
            }
        }

        public void Dispose() => signals.Remove(this);
    }
}
