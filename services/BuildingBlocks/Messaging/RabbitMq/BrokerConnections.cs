using RabbitMQ.Client;

namespace OrderTracking.BuildingBlocks.Messaging.RabbitMq;

/// <summary>How connections beside those of the bus are opened and closed. None of them recovers by itself: whoever has one opens another.</summary>
internal static class BrokerConnections
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(1);

    public static Task<IConnection> Open(RabbitMqOptions broker, string name, TimeSpan heartbeat, CancellationToken cancellation)
    {
        var factory = new ConnectionFactory
        {
            HostName = broker.Host,
            Port = broker.Port,
            VirtualHost = broker.VirtualHost,
            AutomaticRecoveryEnabled = false,
            RequestedHeartbeat = heartbeat,
            RequestedConnectionTimeout = ConnectTimeout,
            SocketReadTimeout = ConnectTimeout,
            HandshakeContinuationTimeout = ConnectTimeout,
        };
        RabbitMqTls.Refresh(factory, broker);
        return factory.CreateConnectionAsync(name, cancellation);
    }

    // The client may wait for a goodbye that never comes.
    public static async Task Close(IConnection connection) =>
        await connection.DisposeAsync().AsTask().WaitAsync(CloseTimeout).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
