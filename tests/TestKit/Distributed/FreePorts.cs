using System.Net;
using System.Net.Sockets;

namespace OrderTracking.TestKit.Distributed;

/// <summary>Ports of the loopback nobody listens on.</summary>
public static class FreePorts
{
    /// <summary>One such port. A process may be started on it again and again.</summary>
    public static int Next()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
