using MassTransit;
using Microsoft.Extensions.Logging;
using OrderTracking.BuildingBlocks.Data;

namespace OrderTracking.BuildingBlocks.Messaging.RabbitMq;

/// <summary>
/// One of several relays of a database. It publishes what it has a claim to: what its own process committed, and what a sweep
/// claimed. A row is marked after the broker's confirm. A send ends before its claim does, so no claim is ever renewed: what was not
/// confirmed by then is anybody's again.
/// </summary>
internal sealed class BrokerRelay(Db database, IBus bus, BrokerWatch watch, MessagingOptions options, ILogger logger)
    : Relay(database, bus, options, logger)
{
    /// <summary>What is left of a claim when a send has to end: clocks of several machines differ.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);
    private readonly int _windowMax = options.RabbitMq.UnconfirmedEventsMax;
    private readonly SemaphoreSlim _window = new(options.RabbitMq.UnconfirmedEventsMax);
    private readonly ILogger _logger = logger;
    private readonly TimeSpan _lease = options.ClaimLease;
    private int _failing;

    /// <summary>From now on what this process commits is claimed for it.</summary>
    public void Open(string claimant) => Database.Outbox.Claimant = new Claimant(claimant, _lease, () => watch.IsUp);

    public override async Task Drain(CancellationToken cancellation)
    {
        while (watch.IsUp && (Database.Outbox.Reader.Count > 0 || _window.CurrentCount < _windowMax))
            await Task.Delay(Look, cancellation);
    }

    public override async Task Release()
    {
        if (Database.Outbox.Claimant is not { } claimant)
            return;
        claimant.Close();
        await Database.Write(tx => OutboxRows.Release(tx, claimant.Name));
    }

    protected override void Dispose(bool disposing)
    {
        _window.Dispose();
        base.Dispose(disposing);
    }

    protected override async Task Sweep(CancellationToken stopping)
    {
        IReadOnlyList<OutboxRows.Row> page;
        do
        {
            if (!watch.IsUp || Database.Outbox.Claimant is not { } claimant)
                return;
            // Nearly always there is nothing: a read then costs no writer its turn.
            if (!await Database.Read(tx => OutboxRows.AnyUnclaimed(tx, Clock.GetUtcNow()), stopping))
                return;
            page = await Database.Write(tx => OutboxRows.Claim(tx, claimant.Name, Clock.GetUtcNow(), _lease, PageRows), stopping);
            foreach (var row in page)
                await PublishNew(row, stopping);
        }
        while (page.Count == PageRows);
    }

    protected override async Task PublishNew(OutboxMessage message, CancellationToken stopping)
    {
        if (TimeLeft(message) <= TimeSpan.Zero || !watch.IsUp)
            return;
        await _window.WaitAsync(stopping);
        _ = SendWithinClaim(message);
    }

    private async Task SendWithinClaim(OutboxMessage message)
    {
        try
        {
            var left = TimeLeft(message);
            if (left <= TimeSpan.Zero)
                return;
            using var end = new CancellationTokenSource(left);
            await Send(message, end.Token).WaitAsync(end.Token);
            Published(message.EventId);
            Volatile.Write(ref _failing, 0);
        }
        catch (Exception error)
        {
            // With a broker that is away every event fails: one line tells it.
            if (Interlocked.Exchange(ref _failing, 1) == 0)
                Log.NotSent(_logger, error, Database.Name);
        }
        finally
        {
            _window.Release();
        }
    }

    private static TimeSpan TimeLeft(OutboxMessage message) =>
        message.ClaimedUntil is { } until ? until - Clock.GetUtcNow() - Margin : TimeSpan.Zero;
}
