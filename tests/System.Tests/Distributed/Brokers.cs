using OrderTracking.TestKit.Distributed;
using Xunit;

namespace OrderTracking.SystemTests.Distributed;

internal static class Brokers
{
    /// <summary>Skips a test where there is no broker that may be killed.</summary>
    public static void Require()
    {
        if (!BrokerNode.IsInstalled)
            Assert.Skip("RabbitMQ: no rabbitmq-server is installed on this machine (Debian: apt-get install rabbitmq-server); these tests kill and restart one of their own.");
    }
}
