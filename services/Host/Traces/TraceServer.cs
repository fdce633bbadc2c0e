using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;

namespace OrderTracking.Host.Traces;

/// <summary>
/// Serves the pages on the loopback, from a server of its own: its requests are in no metric and no trace, keep to no caller's limits and
/// take nothing from them, and know neither gRPC nor tokens.
/// </summary>
internal sealed class TraceServer(TraceStore store, TracePageOptions options, ILoggerFactory logs) : IHostedService, IDisposable
{
    private const int ConnectionsMax = 32;
    private const int HeaderBytesMax = 16 * 1024;
    private KestrelServer? _server;

    /// <summary>Where the page is; null while it is not served.</summary>
    public Uri? Address { get; private set; }

    /// <exception cref="InvalidOperationException">The port that was asked for is taken.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Listen(options.Port, cancellationToken);
        }
        catch (IOException taken) when (taken.InnerException is AddressInUseException && options.IsPortAsked)
        {
            throw new InvalidOperationException(TracePageOptions.IsTaken(options.Port), taken);
        }
        catch (IOException taken) when (taken.InnerException is AddressInUseException)
        {
            // Another Host of this machine has it. The banner says where this one's page is.
            await Listen(0, cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => _server?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    public void Dispose() => _server?.Dispose();

    private async Task Listen(int port, CancellationToken cancellationToken)
    {
        _server?.Dispose();
        var kestrel = new KestrelServerOptions { AddServerHeader = false };
        kestrel.Limits.MaxConcurrentConnections = ConnectionsMax;
        kestrel.Limits.MaxRequestHeadersTotalSize = HeaderBytesMax;
        kestrel.Limits.MaxRequestBodySize = 0;
        kestrel.Listen(IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http1);
        var sockets = new SocketTransportFactory(Options.Create(new SocketTransportOptions()), logs);
        _server = new KestrelServer(Options.Create(kestrel), sockets, logs);
        await _server.StartAsync(new Pages(new TraceRequests(store, options)), cancellationToken);
        var bound = new Uri(_server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First());
        Address = new UriBuilder(bound) { Path = "/" }.Uri;
    }

    private sealed class Pages(TraceRequests requests) : IHttpApplication<HttpContext>
    {
        public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

        public Task ProcessRequestAsync(HttpContext context) => requests.Answer(context);

        public void DisposeContext(HttpContext context, Exception? exception)
        {
            // Nothing was made for it.
        }
    }
}
