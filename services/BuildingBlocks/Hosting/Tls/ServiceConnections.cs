using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;

namespace OrderTracking.BuildingBlocks.Hosting.Tls;

/// <summary>Opens connections to other services: with the authority they must be of, and the certificate this process shows.</summary>
internal sealed class ServiceConnections
{
    private readonly FileBacked<X509Certificate2Collection>? _authorities;
    private readonly FileBacked<SslStreamCertificateContext>? _shown;
    private readonly FileBacked<SslStreamCertificateContext>? _own;

    public ServiceConnections(TransportOptions options, ILogger<ServiceConnections> logger)
    {
        if (options.Client.AuthorityFile.Length > 0)
            _authorities = new FileBacked<X509Certificate2Collection>([options.Client.AuthorityFile], Pem.Certificates, logger);
        if (options.Client.CertificateFile.Length > 0)
            _shown = new FileBacked<SslStreamCertificateContext>(options.Client.PairFiles, Pem.Pair, logger);
        if (options.Server.IsOn)
            _own = new FileBacked<SslStreamCertificateContext>(options.Server.PairFiles, Pem.Pair, logger);
    }

    /// <summary>A handler for calls of one service.</summary>
    /// <param name="itself">True where that service is in this process, whose certificate need not name the loopback.</param>
    public SocketsHttpHandler Handler(bool itself) => new()
    {
        EnableMultipleHttp2Connections = true,
        SslOptions = new SslClientAuthenticationOptions
        {
            LocalCertificateSelectionCallback = _shown is { } shown ? (_, _, _, _, _) => shown.Current.TargetCertificate : null,
            RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
                itself ? IsOwn(certificate) : IsTrusted(certificate, chain, errors),
        },
    };

    private bool IsOwn(X509Certificate? certificate) =>
        certificate is not null && _own is { } own && certificate.GetRawCertData().AsSpan().SequenceEqual(own.Current.TargetCertificate.RawData);

    private bool IsTrusted(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) => _authorities is { } authorities
        ? Trust.NameFits(errors) && Trust.Accepts(certificate, chain, authorities.Current, Trust.ServerUse)
        : errors == SslPolicyErrors.None;
}
