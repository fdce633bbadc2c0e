using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;

namespace OrderTracking.BuildingBlocks.Hosting.Tls;

/// <summary>Whether callers show certificates.</summary>
public enum ClientCertificates
{
    /// <summary>They are not asked for one.</summary>
    Off,

    /// <summary>They may; one of another authority is refused.</summary>
    Allow,

    /// <summary>Without one of the authority nobody is connected.</summary>
    Require,
}

/// <summary>The certificate of the gRPC server, and what it asks of its callers.</summary>
public sealed record ServerTlsOptions
{
    internal const string CertificateKey = Section + "CertificateFile";
    private const string Section = "Grpc:Tls:";
    private const string KeyKey = Section + "KeyFile";
    private const string ClientsKey = Section + "ClientCertificates";
    private const string AuthorityKey = Section + "ClientAuthorityFile";

    /// <summary>The PEM file of the certificate and those between it and its authority; blank: cleartext.</summary>
    public string CertificateFile { get; init; } = "";

    /// <summary>The PEM file of its key; blank: the key is in the certificate's file.</summary>
    public string KeyFile { get; init; } = "";

    /// <summary>Off, Allow or Require.</summary>
    public string ClientCertificates { get; init; } = nameof(Tls.ClientCertificates.Off);

    /// <summary>The PEM file of the authorities that issue callers' certificates.</summary>
    public string ClientAuthorityFile { get; init; } = "";

    /// <summary>True where the server has a certificate.</summary>
    public bool IsOn => CertificateFile.Length > 0;

    internal ClientCertificates Clients => Enum.Parse<ClientCertificates>(ClientCertificates);

    internal IReadOnlyList<string> PairFiles => KeyFile.Length > 0 ? [CertificateFile, KeyFile] : [CertificateFile];

    internal static ServerTlsOptions From(IConfiguration configuration) => new()
    {
        CertificateFile = configuration[CertificateKey] ?? "",
        KeyFile = configuration[KeyKey] ?? "",
        ClientCertificates = configuration[ClientsKey] is { Length: > 0 } clients ? clients : nameof(Tls.ClientCertificates.Off),
        ClientAuthorityFile = configuration[AuthorityKey] ?? "",
    };

    internal void Check(ICollection<string> errors)
    {
        var known = Enum.GetNames<ClientCertificates>();
        if (!known.Contains(ClientCertificates, StringComparer.Ordinal))
            errors.Add($"{ClientsKey} is '{ClientCertificates}'; allowed are {string.Join(", ", known)}.");
        var asks = ClientCertificates != nameof(Tls.ClientCertificates.Off);
        if (asks && ClientAuthorityFile.Length == 0)
            errors.Add($"{AuthorityKey} is '' while {ClientsKey} is '{ClientCertificates}'; allowed is a file with the authority's certificate.");
        if (!IsOn && (asks || KeyFile.Length > 0 || ClientAuthorityFile.Length > 0))
            errors.Add($"{CertificateKey} is '' while other settings of {Section.TrimEnd(':')} are given; allowed is a file with the server's certificate.");
        if (IsOn)
            TryRead(CertificateKey, string.Join(" with ", PairFiles), () => Pem.Pair([.. PairFiles.Select(File.ReadAllText)]), errors);
        if (ClientAuthorityFile.Length > 0)
            TryRead(AuthorityKey, ClientAuthorityFile, () => Pem.Certificates([File.ReadAllText(ClientAuthorityFile)]), errors);
    }

    internal static void TryRead(string key, string value, Func<object> read, ICollection<string> errors)
    {
        try
        {
            read();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            errors.Add($"{key} is '{value}', which cannot be used: {error.Message} Allowed are PEM files that can be read and belong together.");
        }
    }
}
