using Microsoft.Extensions.Configuration;

namespace OrderTracking.BuildingBlocks.Hosting.Tls;

/// <summary>Whom this process trusts when it calls other services, and the certificate it shows them.</summary>
public sealed record ClientTlsOptions
{
    private const string Section = "Services:Tls:";
    private const string AuthorityKey = Section + "AuthorityFile";
    private const string CertificateKey = Section + "CertificateFile";
    private const string KeyKey = Section + "KeyFile";

    /// <summary>The PEM file of the authorities that issue the services' certificates; blank: those of the machine.</summary>
    public string AuthorityFile { get; init; } = "";

    /// <summary>The PEM file of the certificate that is shown; blank: none.</summary>
    public string CertificateFile { get; init; } = "";

    /// <summary>The PEM file of its key; blank: the key is in the certificate's file.</summary>
    public string KeyFile { get; init; } = "";

    internal IReadOnlyList<string> PairFiles => KeyFile.Length > 0 ? [CertificateFile, KeyFile] : [CertificateFile];

    internal static ClientTlsOptions From(IConfiguration configuration) => new()
    {
        AuthorityFile = configuration[AuthorityKey] ?? "",
        CertificateFile = configuration[CertificateKey] ?? "",
        KeyFile = configuration[KeyKey] ?? "",
    };

    internal void Check(ICollection<string> errors)
    {
        if (CertificateFile.Length == 0 && KeyFile.Length > 0)
            errors.Add($"{CertificateKey} is '' while {KeyKey} is '{KeyFile}'; allowed is the file of the certificate the key belongs to.");
        if (AuthorityFile.Length > 0)
            ServerTlsOptions.TryRead(AuthorityKey, AuthorityFile, () => Pem.Certificates([File.ReadAllText(AuthorityFile)]), errors);
        if (CertificateFile.Length > 0)
            ServerTlsOptions.TryRead(CertificateKey, string.Join(" with ", PairFiles), () => Pem.Pair([.. PairFiles.Select(File.ReadAllText)]), errors);
    }
}
