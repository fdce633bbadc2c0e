using Microsoft.Extensions.Configuration;

namespace OrderTracking.BuildingBlocks.Hosting.Identity;

/// <summary>The account a process calls other services with: a client of the OpenID provider that may use client credentials.</summary>
public sealed record ServiceAccountOptions
{
    internal const string ClientIdKey = Section + "ClientId";
    private const string Section = "Security:Service:";
    private const string SecretKey = Section + "ClientSecret";
    private const string SecretFileKey = Section + "ClientSecretFile";

    /// <summary>The client's id; blank: this process calls no other service.</summary>
    public string ClientId { get; init; } = "";

    /// <summary>Its secret; blank: it is in the file.</summary>
    public string ClientSecret { get; init; } = "";

    /// <summary>The file with its secret, read for every token, so that a new secret needs no restart.</summary>
    public string ClientSecretFile { get; init; } = "";

    /// <summary>The scopes asked for, separated by blanks; blank: the provider's default.</summary>
    public string Scope { get; init; } = "";

    internal static ServiceAccountOptions From(IConfiguration configuration) => new()
    {
        ClientId = configuration[ClientIdKey] ?? "",
        ClientSecret = configuration[SecretKey] ?? "",
        ClientSecretFile = configuration[SecretFileKey] ?? "",
        Scope = configuration[Section + "Scope"] ?? "",
    };

    internal void Check(ICollection<string> errors)
    {
        var (inline, file) = (ClientSecret.Length > 0, ClientSecretFile.Length > 0);
        if (inline && file)
            errors.Add($"{SecretKey} and {SecretFileKey} are both set; allowed is one of them.");
        if (ClientId.Length > 0 && !inline && !file)
            errors.Add($"{SecretKey} is '' while {ClientIdKey} is '{ClientId}'; allowed is a secret, or a file of one in {SecretFileKey}.");
        if (ClientId.Length == 0 && (inline || file))
            errors.Add($"{ClientIdKey} is '' while a secret is set; allowed is the id of the client it belongs to.");
        if (file && !File.Exists(ClientSecretFile))
            errors.Add($"{SecretFileKey} is '{ClientSecretFile}', which cannot be read; allowed is a file with the secret.");
    }

    /// <summary>The secret as it is now.</summary>
    internal async Task<string> Secret(CancellationToken cancellation) =>
        ClientSecretFile.Length > 0 ? (await File.ReadAllTextAsync(ClientSecretFile, cancellation)).Trim() : ClientSecret;
}
