using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace OrderTracking.BuildingBlocks.Hosting.Tls;

/// <summary>Reads PEM texts.</summary>
internal static class Pem
{
    /// <summary>A certificate with its private key, and those between it and its authority.</summary>
    /// <param name="texts">The certificates, its own first, and the key; one text where both are in one file.</param>
    public static SslStreamCertificateContext Pair(IReadOnlyList<string> texts)
    {
        var own = X509Certificate2.CreateFromPem(texts[0], texts[^1]);
        var chain = Certificates(texts);
        // Offline: a start must not wait for somebody's web server.
        return SslStreamCertificateContext.Create(own, [.. chain.Skip(1)], offline: true);
    }

    /// <summary>Every certificate of a text; at least one.</summary>
    /// <exception cref="CryptographicException">There is none.</exception>
    public static X509Certificate2Collection Certificates(IReadOnlyList<string> texts)
    {
        var certificates = new X509Certificate2Collection();
        certificates.ImportFromPem(texts[0]);
        return certificates.Count > 0 ? certificates : throw new CryptographicException("The file holds no certificate.");
    }
}
