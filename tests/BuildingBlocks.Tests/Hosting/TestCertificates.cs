using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace OrderTracking.BuildingBlocks.Tests.Hosting;

/// <summary>An authority made for a test, and the certificates it issues.</summary>
internal sealed class TestCertificates : IDisposable
{
    private const string ServerUse = "1.3.6.1.5.5.7.3.1";
    private const string ClientUse = "1.3.6.1.5.5.7.3.2";
    private readonly X509Certificate2 _authority;
    private readonly string _directory;

    public TestCertificates(string directory, string name = "Test authority")
    {
        _directory = directory;
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        _authority = request.CreateSelfSigned(Now.AddDays(-30), Now.AddDays(30));
    }

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    /// <summary>The authority's certificate as a file.</summary>
    public string AuthorityFile => Write("authority", _authority.ExportCertificatePem());

    /// <summary>A server's certificate for localhost, with its key in the same file.</summary>
    public string Server(int days = 10) => Write("server", Issue("localhost", ServerUse, days));

    /// <summary>A caller's certificate, with its key in the same file.</summary>
    public string Client(int days = 10, bool forServers = false) => Write("client", Issue("caller", forServers ? ServerUse : ClientUse, days));

    /// <summary>The same as <see cref="Client"/>, to call with.</summary>
    public X509Certificate2 ClientCertificate(int days = 10, bool forServers = false)
    {
        var file = Client(days, forServers);
        return X509Certificate2.CreateFromPemFile(file, file);
    }

    /// <summary>A new server certificate in the file of an older one.</summary>
    public string Replace(string file)
    {
        var pem = Issue("localhost", ServerUse, days: 5);
        File.WriteAllText(file, pem);
        return X509Certificate2.CreateFromPem(pem).Thumbprint;
    }

    public void Dispose() => _authority.Dispose();

    private string Issue(string name, string use, int days)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(use)], critical: false));
        using var issued = request.Create(_authority, Now.AddDays(-20), Now.AddDays(days), RandomNumberGenerator.GetBytes(12));
        return $"{issued.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n";
    }

    private string Write(string name, string pem)
    {
        var file = Path.Combine(_directory, $"{name}-{Guid.CreateVersion7(Now):N}.pem");
        File.WriteAllText(file, pem);
        return file;
    }
}
