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

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);
    private readonly ILogger _logger = logger;
    private readonly RabbitMqOptions _broker = options.RabbitMq;
    private readonly TimeSpan _lease = options.ClaimLease;
    private ConfirmedChannel? _channel;
    private bool _failing;

    /// <summary>From now on what this process commits is claimed for it.</summary>
    public void Open(string claimant) => Database.Outbox.Claimant = new Claimant(claimant, _lease, () => watch.IsUp);

    public override async Task Drain(CancellationToken cancellation)
    {
        while (watch.IsUp && (Database.Outbox.Reader.Count > 0 || _channel is { IsOpen: true, Unanswered: > 0 }))
            await Task.Delay(Look, cancellation);
    }

    public override async Task Release()
    {
        if (_channel is { } channel)
            await channel.DisposeAsync();
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
            // Nearly always there is nothing: a read then costs no writer its turn.
            if (!await Database.Read(tx => OutboxRows.AnyUnclaimed(tx, Clock.GetUtcNow()), stopping))
                return;
            page = await Database.Write(tx => OutboxRows.Claim(tx, claimant.Name, Clock.GetUtcNow(), _lease, PageRows), stopping);
            foreach (var row in page)
                await PublishNew(row, stopping);
        }
        while (page.Count == PageRows);
    }

    protected override async ValueTask PublishNew(OutboxMessage message, CancellationToken stopping)
    {
        var left = TimeLeft(message);
        if (left <= TimeSpan.Zero || !watch.IsUp)
            return;
        try
        {
            if (_channel is not { IsOpen: true } channel)
                channel = await OpenChannel(stopping);
            var sent = channel.Publish(RabbitMqQueues.ExchangeOf(_broker.Prefix, message.Type), message, stopping);
            if (sent.IsCompletedSuccessfully)
                return;
            // A window that stays full: the sweep looks at the channel then.
            await sent.AsTask().WaitAsync(left, stopping);
            _failing = false;
        }
        catch (Exception error) when (!stopping.IsCancellationRequested)
        {
            // With a broker that is away every event fails: one line tells it.
            if (!_failing)
                Log.NotSent(_logger, error, Database.Name);
            _failing = true;
            await GiveUpChannel();
        }
    }

    private async Task<ConfirmedChannel> OpenChannel(CancellationToken stopping)
    {
        await GiveUpChannel();
        return _channel = await ConfirmedChannel.Open(_broker, $"relay of {Database.Name}", Answered, stopping);
    }

    private void Answered(OutboxMessage message, bool isConfirmed)
    {
        if (isConfirmed)
            Published(message.EventId);
        else
            Log.NotSent(_logger, new InvalidOperationException($"The broker refused the event {message.EventId}."), Database.Name);
    }

    private async Task GiveUpWhatIsSilent()
    {
        if (_channel?.Oldest is not { } oldest || TimeLeft(oldest) > TimeSpan.Zero)
            return;
        Log.NotSent(_logger, new TimeoutException("The broker has not confirmed within the claim."), Database.Name);
        await GiveUpChannel();
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
