using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace OrderTracking.BuildingBlocks.Hosting.Tls;

/// <summary>Decides whether a certificate is of an authority that was configured, and of no other.</summary>
internal static class Trust
{
    public static readonly Oid ServerUse = new("1.3.6.1.5.5.7.3.1");
    public static readonly Oid ClientUse = new("1.3.6.1.5.5.7.3.2");

    /// <summary>True where the certificate is valid today, for that use, and issued by one of the authorities.</summary>
    public static bool Accepts(X509Certificate? presented, X509Chain? sent, X509Certificate2Collection authorities, Oid use)
    {
        if (presented is null)
            return false;
        using var certificate = X509CertificateLoader.LoadCertificate(presented.GetRawCertData());
        using var chain = new X509Chain { ChainPolicy = Policy(authorities, use) };
        foreach (var element in sent?.ChainElements ?? Enumerable.Empty<X509ChainElement>())
            chain.ChainPolicy.ExtraStore.Add(element.Certificate);
        return chain.Build(certificate);
    }

    /// <summary>True where the name the caller asked for is the certificate's.</summary>
    public static bool NameFits(SslPolicyErrors errors) =>
        (errors & (SslPolicyErrors.RemoteCertificateNameMismatch | SslPolicyErrors.RemoteCertificateNotAvailable)) == SslPolicyErrors.None;

    private static X509ChainPolicy Policy(X509Certificate2Collection authorities, Oid use)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            // Authorities of a cluster publish no lists; their certificates are short-lived instead.
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.AddRange(authorities);
        policy.ApplicationPolicy.Add(use);
        return policy;
    }
}
