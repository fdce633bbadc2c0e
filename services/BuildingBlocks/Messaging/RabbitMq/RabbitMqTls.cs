using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using RabbitMQ.Client;

namespace OrderTracking.BuildingBlocks.Messaging.RabbitMq;

/// <summary>How a connection is made: who connects, and whom it trusts.</summary>
internal static class RabbitMqTls
{
    /// <summary>Sets what may change between two connections: the password, and the certificates that are trusted.</summary>
    public static void Refresh(ConnectionFactory factory, RabbitMqOptions options)
    {
        (factory.UserName, factory.Password) = (options.User, options.CurrentPassword());
        factory.Ssl.Enabled = options.IsTls;
        if (!options.IsTls)
            return;
        factory.Ssl.ServerName = options.Host;
        // None: the operating system chooses the version.
        factory.Ssl.Version = System.Security.Authentication.SslProtocols.None;
        if (options.AuthorityFile is not null)
            factory.Ssl.CertificateValidationCallback = Trusting(options.AuthorityFile);
    }

    private static RemoteCertificateValidationCallback Trusting(string authorityFile)
    {
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(authorityFile);
        return (_, certificate, presented, errors) =>
        {
            // Only who signed it is ours to judge: a wrong name or no certificate stays an error.
            if (certificate is null || (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != SslPolicyErrors.None)
                return false;
            if (errors == SslPolicyErrors.None)
                return true;
            using var chain = new X509Chain();
            chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
            chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
            foreach (var element in presented?.ChainElements ?? Enumerable.Empty<X509ChainElement>())
                chain.ChainPolicy.ExtraStore.Add(element.Certificate);
            using var leaf = X509CertificateLoader.LoadCertificate(certificate.GetRawCertData());
            return chain.Build(leaf);
        };
    }
}
