namespace OrderTracking.OrderService.Changes;

/// <summary>
/// Lets one change of an order walk at a time in this process. Two that ask the shipment service for the same revision could hear
/// different answers, and one would forget a change the other has made. Between processes the lease in the database sees to it; callers
/// of one process wait here without looking there again and again.
/// </summary>
internal sealed class OrderTurns
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, Turn> _turns = [];

    /// <summary>Waits for the order's turn; dispose it to pass it on.</summary>
    public async Task<IDisposable> Wait(Guid orderId, CancellationToken cancellation)
    {
        var turn = Join(orderId);
        try
        {
            await turn.Free.WaitAsync(cancellation);
        }
        catch
        {
            Leave(turn);
            throw;
        }

        return new Holder(this, turn);
    }

    /// <summary>Takes the order's turn if it is free; null if it is not.</summary>
    public IDisposable? TryTake(Guid orderId)
    {
        var turn = Join(orderId);
        if (turn.Free.Wait(0))
            return new Holder(this, turn);
        Leave(turn);
        return null;
    }

    private Turn Join(Guid orderId)
    {
        lock (_lock)
        {
            if (!_turns.TryGetValue(orderId, out var turn))
                _turns[orderId] = turn = new Turn(orderId);
            turn.Users++;
            return turn;
        }
    }

    private void Leave(Turn turn)
    {
        lock (_lock)
        {
            if (--turn.Users > 0)
                return;
            _turns.Remove(turn.OrderId);
            turn.Free.Dispose();
        }
    }

    private sealed class Turn(Guid orderId)
    {
        public Guid OrderId { get; } = orderId;

        public SemaphoreSlim Free { get; } = new(1, 1);

        public int Users { get; set; }
    }

    private sealed class Holder(OrderTurns turns, Turn turn) : IDisposable
    {
        public void Dispose()
        {
            turn.Free.Release();
            turns.Leave(turn);
        }
    }
}
