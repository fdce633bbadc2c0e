using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;

namespace OrderTracking.BuildingBlocks.Messaging.RabbitMq;

/// <summary>
/// Knows within seconds whether the broker is there, by a connection of its own. The bus waits for it before it connects: left to
/// itself it would try again after pauses that grow to half a minute.
/// </summary>
internal sealed class BrokerWatch(
    MessagingOptions options, IEnumerable<EventSubscription> subscriptions, ILogger<BrokerWatch> logger) : IHostedLifecycleService, IHealthCheck, IDisposable
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private readonly CancellationTokenSource _stopping = new();
    private volatile TaskCompletionSource _up = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile TaskCompletionSource _nextUp = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _ending;
    private bool? _known;
    private Task _loop = Task.CompletedTask;

    /// <summary>True while the broker answers.</summary>
    public bool IsUp => _up.Task.IsCompletedSuccessfully;

    /// <summary>Waits until the broker answers.</summary>
    /// <exception cref="OperationCanceledException">The process stops.</exception>
    public Task Up() => _up.Task.WaitAsync(_stopping.Token);

    /// <summary>Completes when the broker answers again, or for the first time; while it does, after an absence.</summary>
    public Task NextUp => _nextUp.Task;

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        _loop = Task.Run(() => Watch(_stopping.Token), CancellationToken.None);
        return Task.CompletedTask;
    }

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(IsUp ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("The broker does not answer; events wait in their outboxes."));

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        // A bus that waits for a broker that is away would not end.
        _ending = true;
        if (!IsUp)
            await _stopping.CancelAsync();
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _loop.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    // Twice: the container knows it as a hosted service too.
    public void Dispose() => _stopping.Dispose();

    private async Task Watch(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            var reason = await Hold(stopping);
            if (stopping.IsCancellationRequested)
                return;
            Down(reason);
            await Task.Delay(Pause, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Connects and waits for the end of the connection. Returns why there is none.</summary>
    private async Task<string> Hold(CancellationToken stopping)
    {
        IConnection? connection = null;
        try
        {
            var lost = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
            connection = await BrokerConnections.Open(options.RabbitMq, "watch", Heartbeat, stopping);
            connection.ConnectionShutdownAsync += (_, shutdown) =>
            {
                lost.TrySetResult(shutdown.ReplyText);
                return Task.CompletedTask;
            };
            if (!connection.IsOpen)
                return "The connection was closed.";
            await RabbitMqQueues.Declare(connection, options.RabbitMq.Prefix, [.. subscriptions.Select(subscription => subscription.Queue).Distinct()], stopping);
            Up(connection.Endpoint.ToString());
            return await lost.Task.WaitAsync(stopping);
        }
        catch (Exception error)
        {
            return error.InnerException?.Message ?? error.Message;
        }
        finally
        {
            if (connection is not null)
                await BrokerConnections.Close(connection);
        }
    }

    private void Up(string endpoint)
    {
        _up.TrySetResult();
        Interlocked.Exchange(ref _nextUp, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
        if (_known != true)
            Log.BrokerUp(logger, endpoint);
        _known = true;
    }

    private void Down(string reason)
    {
        if (IsUp)
            _up = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (_known != false)
            Log.BrokerDown(logger, options.RabbitMq.Host, options.RabbitMq.Port, reason);
        _known = false;
        if (_ending)
            _stopping.Cancel();
    }
}
