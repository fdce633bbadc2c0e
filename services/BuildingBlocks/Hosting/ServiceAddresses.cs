using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;

namespace OrderTracking.BuildingBlocks.Hosting;

/// <summary>Where the services are: as configured under <c>Services:{name}:Address</c>, else in this process.</summary>
public sealed class ServiceAddresses(IServer server, IConfiguration configuration)
{
    /// <summary>The address of a service; null while it is in this process and the server is not bound yet.</summary>
    /// <param name="service">The service's name, such as <c>shipments</c>.</param>
    public Uri? Find(string service) =>
        configuration[$"Services:{service}:Address"] is { Length: > 0 } configured ? new Uri(configured) : Own;

    /// <summary>True where the service has an address of its own.</summary>
    internal bool IsElsewhere(string service) => configuration[$"Services:{service}:Address"] is { Length: > 0 };

    /// <summary>The address this process serves gRPC on; null while the server is not bound yet.</summary>
    public Uri? Own
    {
        get
        {
            var bound = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault();
            if (bound is null || new Uri(bound) is not { Port: not 0 } address)
                return null;
            return IPAddress.TryParse(address.Host.Trim('[', ']'), out _) ? address : new UriBuilder(address) { Host = IPAddress.Loopback.ToString() }.Uri;
        }
    }
}
