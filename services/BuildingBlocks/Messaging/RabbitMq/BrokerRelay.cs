using Microsoft.Extensions.Logging;
using OrderTracking.BuildingBlocks.Data;

namespace OrderTracking.BuildingBlocks.Messaging.RabbitMq;

/// <summary>
/// One of several relays of a database. It publishes what it has a claim to: what its own process committed, and what a sweep
/// claimed. A row is marked after the broker's confirm. No claim is ever renewed: what is not confirmed by its end is anybody's again, and a
/// channel on which that happens is given up.
/// </summary>
internal sealed class BrokerRelay(Db database, BrokerWatch watch, MessagingOptions options, ILogger logger)
    : Relay(database, options, logger)
{
    /// <summary>What is left of a claim when an event may still be sent: clocks of several machines differ.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(2);

    // A broker that lets nobody in is not asked once an event.
    private static readonly TimeSpan OpenedAgainAfter = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);
    private readonly ILogger _logger = logger;
    private readonly RabbitMqOptions _broker = options.RabbitMq;
    private readonly TimeSpan _lease = options.ClaimLease;
    private readonly Envelope _envelope = new();
    private volatile ConfirmedChannel? _channel;
    private long _openFailedAt;
    private volatile bool _failing;

    /// <summary>What has waited for the broker goes when it is there, and the channel is open when the first event comes.</summary>
    protected override Task Woken => watch.NextUp;

    /// <summary>From now on what this process commits is claimed for it, while the broker takes it: what is not claimed waits for no claim's end.</summary>
    public void Open(string claimant) =>
        Database.Outbox.Claimant = new Claimant(claimant, _lease, () => watch.IsUp && _channel is not { IsBlocked: true });

    public override async Task Drain(CancellationToken cancellation)
    {
        while (watch.IsUp && (IsPublishing || _channel is { IsOpen: true, Unanswered: > 0 }))
            await Task.Delay(Look, cancellation);
    }

    public override Task Close() => GiveUpChannel();

    public override async Task Release()
    {
        if (Database.Outbox.Claimant is not { } claimant)
            return;
        claimant.Close();
        await Database.Write(tx => OutboxRows.Release(tx, claimant.Name));
    }

    protected override async Task Sweep(CancellationToken stopping)
    {
        await GiveUpWhatIsSilent();
        IReadOnlyList<OutboxRows.Row> page;
        do
        {
            if (!watch.IsUp || Database.Outbox.Claimant is not { } claimant)
                return;
            // What cannot be sent is not claimed: another process may have its channel open.
            if (await Channel(stopping) is not { IsBlocked: false } channel)
                return;
            // Nearly always there is nothing: a read then costs no writer its turn.
            if (!await Database.Read(tx => OutboxRows.AnyUnclaimed(tx, Clock.GetUtcNow()), stopping))
                return;
            page = await Database.Write(tx => OutboxRows.Claim(tx, claimant.Name, Clock.GetUtcNow(), _lease, PageRows), stopping);
            foreach (var row in page)
            {
                // After an alarm the confirms of what was sent before it are still to come.
                if (!channel.Holds(row.EventId))
                    await PublishNew(row, stopping);
            }
        }
        while (page.Count == PageRows);
    }

    // What is not sent here stays claimed until the claim's end; then a sweep brings it again.
    protected override async ValueTask PublishNew(OutboxMessage message, CancellationToken stopping)
    {
        if (TimeLeft(message) <= TimeSpan.Zero || !watch.IsUp)
            return;
        if (!TryWrite(message, out var body))
            return;
        try
        {
            if (await Channel(stopping) is not { IsBlocked: false } channel)
                return;
            // Opening takes its time, and of a claim that is over the event may be another's by now.
            if (TimeLeft(message) is var left && left <= TimeSpan.Zero)
                return;
            // A window that stays full says nothing of those in it: whether they are late, the sweep looks at.
            if (!await channel.HasRoom(left, stopping))
                return;
            var sent = channel.Publish(RabbitMqQueues.ExchangeOf(_broker.Prefix, message.Type), message, body);
            if (!sent.IsCompletedSuccessfully)
                await sent.AsTask().WaitAsync(Margin, stopping);
        }
        catch (Exception error) when (!stopping.IsCancellationRequested)
        {
            Failed(error);
            await GiveUpChannel();
        }
    }

    // An event that this version cannot write is that event's own trouble.
    private bool TryWrite(OutboxMessage message, out ReadOnlyMemory<byte> body)
    {
        try
        {
            body = _envelope.Body(message);
            return true;
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException)
        {
            Log.NotSent(_logger, error, Database.Name);
            body = default;
            return false;
        }
    }

    private ValueTask<ConfirmedChannel?> Channel(CancellationToken stopping) =>
        _channel is { IsOpen: true } channel ? ValueTask.FromResult<ConfirmedChannel?>(channel) : OpenChannel(stopping);

    private async ValueTask<ConfirmedChannel?> OpenChannel(CancellationToken stopping)
    {
        if (_openFailedAt != 0 && Clock.GetElapsedTime(_openFailedAt) < OpenedAgainAfter)
            return null;
        await GiveUpChannel();
        // Until it is open: an attempt that fails leaves the time behind.
        _openFailedAt = Clock.GetTimestamp();
        try
        {
            _channel = await ConfirmedChannel.Open(_broker, $"relay of {Database.Name}", Answered, stopping);
            _openFailedAt = 0;
        }
        catch (Exception error) when (!stopping.IsCancellationRequested)
        {
            Failed(error);
        }

        return _channel;
    }

    private void Answered(OutboxMessage message, bool isConfirmed)
    {
        if (!isConfirmed)
        {
            Failed(new InvalidOperationException($"The broker refused the event {message.EventId}."));
            return;
        }

        _failing = false;
        Published(message.EventId);
    }

    // With a broker that is away every event fails: one line tells it, until one is confirmed again.
    private void Failed(Exception error)
    {
        if (!_failing)
            Log.NotSent(_logger, error, Database.Name);
        _failing = true;
    }

    private async Task GiveUpWhatIsSilent()
    {
        // A broker in an alarm confirms when it is over; another connection would be stopped like this one.
        if (_channel is not { IsBlocked: false, Oldest: { } oldest } channel
            || oldest.ClaimedUntil > Clock.GetUtcNow()
            || Clock.GetElapsedTime(channel.UnblockedAt) < _lease)
            return;
        Failed(new TimeoutException("The broker has not confirmed within the claim."));
        await GiveUpChannel();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _envelope.Dispose();
            // Still open only where the process was never stopped; its end is not waited for.
            _ = GiveUpChannel();
        }

        base.Dispose(disposing);
    }

    private async Task GiveUpChannel()
    {
        if (_channel is not { } channel)
            return;
        _channel = null;
        await channel.DisposeAsync();
    }

    private static TimeSpan TimeLeft(OutboxMessage message) =>
        message.ClaimedUntil is { } until ? until - Clock.GetUtcNow() - Margin : TimeSpan.Zero;
}
