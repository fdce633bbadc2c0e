using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace OrderTracking.BuildingBlocks.Hosting.Tls;

/// <summary>Opens the gRPC port, with TLS where there is a certificate.</summary>
internal static class GrpcListener
{
    /// <summary>Listens. Before every other listener: it is the address this process is known by.</summary>
    public static void ListenGrpc(this KestrelServerOptions server, IPAddress address, int port, TransportOptions options)
    {
        server.Listen(address, port, listen =>
        {
            listen.Protocols = HttpProtocols.Http2;
            if (options.Server.IsOn)
                listen.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = Handshake(options.Server, LoggerOf(server)) });
        });
    }

    private static Func<TlsHandshakeCallbackContext, ValueTask<SslServerAuthenticationOptions>> Handshake(ServerTlsOptions options, ILogger logger)
    {
        var pair = new FileBacked<SslStreamCertificateContext>(options.PairFiles, Pem.Pair, logger);
        var clients = options.Clients;
        if (clients == ClientCertificates.Off)
            return _ => ValueTask.FromResult(new SslServerAuthenticationOptions { ServerCertificateContext = pair.Current });
        var authorities = new FileBacked<X509Certificate2Collection>(
            [options.ClientAuthorityFile], Pem.Certificates, logger);
        return _ => ValueTask.FromResult(new SslServerAuthenticationOptions
        {
            ServerCertificateContext = pair.Current,
            ClientCertificateRequired = true,
            RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
                errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable)
                    ? clients == ClientCertificates.Allow
                    : Trust.Accepts(certificate, chain, authorities.Current, Trust.ClientUse),
        });
    }

    private static ILogger LoggerOf(KestrelServerOptions server) =>
        server.ApplicationServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(GrpcListener).FullName!);
}
