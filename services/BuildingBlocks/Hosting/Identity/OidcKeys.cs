using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace OrderTracking.BuildingBlocks.Hosting.Identity;

/// <summary>
/// The provider's metadata and signing keys. What was read stays good while the provider is down; a key that is not known is looked
/// for at once, though not more often than configured, and only the call that brought it waits.
/// </summary>
internal sealed class OidcKeys : BaseConfigurationManager, IConfigurationManager<OpenIdConnectConfiguration>
{
    private static readonly TimeSpan FreshFor = TimeSpan.FromMinutes(5);

    // Keys live by the wall clock, as tokens do.
    private static readonly TimeProvider Clock = TimeProvider.System;
    private readonly Lock _starting = new();
    private readonly AsyncLocal<bool> _missed = new();
    private readonly OidcOptions _options;
    private readonly IDocumentRetriever _documents;
    private readonly ILogger _logger;
    private volatile Loaded? _current;
    private Task _loading = Task.CompletedTask;
    private long _triedAt;
    private bool _tried;

    public OidcKeys(OidcOptions options, OidcHttp http, ILogger<OidcKeys> logger)
    {
        (_options, _logger) = (options, logger);
        _documents = new HttpDocumentRetriever(http.Client) { RequireHttps = options.RequireHttps };
        MetadataAddress = options.MetadataAddress;
        // A key the provider has withdrawn must not go on for an hour beside the new ones.
        UseLastKnownGoodConfiguration = false;
    }

    /// <inheritdoc/>
    public override async Task<BaseConfiguration> GetBaseConfigurationAsync(CancellationToken cancel) => await GetConfigurationAsync(cancel);

    /// <exception cref="InvalidOperationException">The provider has never been reached.</exception>
    public async Task<OpenIdConnectConfiguration> GetConfigurationAsync(CancellationToken cancel)
    {
        if (_current is not { } current || _missed.Value)
            await Load().WaitAsync(cancel);
        else if (Clock.GetElapsedTime(current.At) > FreshFor)
            _ = Load();
        return _current?.Configuration ?? throw new InvalidOperationException("The OpenID provider has not been reached yet.");
    }

    /// <summary>Told of a token whose key is not known. The look for it is awaited by what this call asks next.</summary>
    public override void RequestRefresh() => _missed.Value = true;

    private Task Load()
    {
        lock (_starting)
        {
            if (!_loading.IsCompleted || (_tried && Clock.GetElapsedTime(_triedAt) < _options.Refresh))
                return _loading;
            (_tried, _triedAt) = (true, Clock.GetTimestamp());
            return _loading = Task.Run(LoadOnce);
        }
    }

    private async Task LoadOnce()
    {
        try
        {
            var read = await OpenIdConnectConfigurationRetriever.GetAsync(MetadataAddress, _documents, CancellationToken.None);
            if (!string.Equals(read.Issuer?.TrimEnd('/'), _options.ExpectedIssuer.TrimEnd('/'), StringComparison.Ordinal))
                Log.IssuerDiffers(_logger, read.Issuer ?? "", _options.ExpectedIssuer);
            else if (read.SigningKeys.Count == 0)
                Log.NoKeys(_logger, MetadataAddress);
            else
                _current = new Loaded(read, Clock.GetTimestamp());
        }
        // Whatever a provider answers: it stops nobody who is known already, and lets nobody in.
        catch (Exception error)
        {
            Log.ProviderUnreachable(_logger, MetadataAddress, error.GetBaseException().Message);
        }
    }

    private sealed record Loaded(OpenIdConnectConfiguration Configuration, long At);
}
