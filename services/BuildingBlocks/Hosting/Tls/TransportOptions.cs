using System.Net;
using Microsoft.Extensions.Configuration;
using OrderTracking.BuildingBlocks.Hosting.Identity;

namespace OrderTracking.BuildingBlocks.Hosting.Tls;

/// <summary>What the wire to and from this process looks like, and what must not go over it in the open.</summary>
public sealed record TransportOptions
{
    private const string CleartextKey = "Grpc:AllowCleartext";
    private const string EndpointsKey = "Kestrel:Endpoints";

    /// <summary>The server's certificate.</summary>
    public ServerTlsOptions Server { get; init; } = new();

    /// <summary>What is trusted and shown in calls of other services.</summary>
    public ClientTlsOptions Client { get; init; } = new();

    /// <summary>True: the network encrypts by itself, as a mesh does, so tokens may pass it without TLS of this process.</summary>
    public bool AllowCleartext { get; init; }

    /// <summary>Addresses of other services by their keys.</summary>
    internal IReadOnlyDictionary<string, string> Addresses { get; private init; } = new Dictionary<string, string>();

    private IReadOnlyList<string> Unreadable { get; init; } = [];

    private IReadOnlyList<string> OtherEndpoints { get; init; } = [];

    internal static TransportOptions From(IConfiguration configuration)
    {
        var unreadable = new List<string>();
        return new TransportOptions
        {
            Server = ServerTlsOptions.From(configuration),
            Client = ClientTlsOptions.From(configuration),
            AllowCleartext = Setting.Flag(configuration, CleartextKey, false, unreadable),
            Addresses = configuration.GetSection("Services").GetChildren()
                .Where(service => !string.IsNullOrEmpty(service["Address"]))
                .ToDictionary(service => $"{service.Path}:Address", service => service["Address"]!),
            OtherEndpoints = [.. configuration.GetSection(EndpointsKey).GetChildren().Select(endpoint => $"{endpoint.Path}:Url is '{endpoint["Url"]}'")],
            Unreadable = unreadable,
        };
    }

    internal void Check(ICollection<string> errors, SecurityOptions security, IPAddress address)
    {
        foreach (var error in Unreadable)
            errors.Add(error);
        Server.Check(errors);
        Client.Check(errors);
        // A door this process does not watch over: it would be open beside the one that is checked here.
        foreach (var endpoint in OtherEndpoints)
            errors.Add($"{endpoint}; allowed is nothing: this process listens where Grpc:Address and Grpc:Port say.");
        if (!security.IsOidc && !IPAddress.IsLoopback(address))
            errors.Add($"Grpc:Address is '{address}'; Security:Mode '{SecurityOptions.Development}' allows loopback addresses only.");
        if (security.IsOidc && !IPAddress.IsLoopback(address) && !Server.IsOn && !AllowCleartext)
            errors.Add($"Grpc:Address is '{address}' without {ServerTlsOptions.CertificateKey}: tokens would pass the network in the open. "
                + $"Allowed are a certificate, a loopback address, or {CleartextKey}=true where the network encrypts by itself.");
        if (security is { IsOidc: true, Oidc.IsCleartextOffLoopback: true } && !AllowCleartext)
            errors.Add($"{OidcOptions.AuthorityKey} is '{security.Oidc.Authority}': keys and secrets would pass the network in the open. "
                + $"Allowed are https, a loopback address, or {CleartextKey}=true where the network encrypts by itself.");
        foreach (var (key, value) in Addresses)
            CheckAddress(errors, security, key, value);
    }

    private void CheckAddress(ICollection<string> errors, SecurityOptions security, string key, string value)
    {
        if (!Uri.TryCreate(value, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            errors.Add($"{key} is '{value}'; allowed is an address such as https://host:5080.");
        else if (!security.IsOidc && !address.IsLoopback)
            errors.Add($"{key} is '{value}'; Security:Mode '{SecurityOptions.Development}' allows loopback addresses only.");
        else if (security.IsOidc && !address.IsLoopback && address.Scheme == "http" && !AllowCleartext)
            errors.Add($"{key} is '{value}': this service's token would pass the network in the open. "
                + $"Allowed are https, or {CleartextKey}=true where the network encrypts by itself.");
    }
}
