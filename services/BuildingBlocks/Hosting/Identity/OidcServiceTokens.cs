using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Serialization;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace OrderTracking.BuildingBlocks.Hosting.Identity;

/// <summary>
/// Gets tokens for this process's own account from the provider (client credentials). One is kept and renewed before it ends, by one
/// request at a time; while there is none, calls fail as UNAVAILABLE and are never sent without.
/// </summary>
internal sealed class OidcServiceTokens(SecurityOptions options, OidcKeys keys, OidcHttp http, ILogger<OidcServiceTokens> logger) : IServiceTokens
{
    private const int Tries = 3;
    private const int LifetimeSecondsOtherwise = 60;
    private static readonly TimeSpan PauseFirst = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan PauseMax = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan EndsEarly = TimeSpan.FromSeconds(5);
    private static readonly TimeProvider Clock = TimeProvider.System;
    private readonly Lock _starting = new();
    private volatile Granted? _current;
    private Task _asking = Task.CompletedTask;
    private int _failures;
    private long _failedAt;

    public async ValueTask<string> Get(string subject, CancellationToken cancellation)
    {
        var now = Clock.GetUtcNow();
        if (_current is { } current && now < current.EndsAt)
        {
            if (now >= current.RenewAt)
                _ = Ask();
            return current.Token;
        }

        await Ask().WaitAsync(cancellation);
        return _current is { } granted && Clock.GetUtcNow() < granted.EndsAt
            ? granted.Token
            : throw new RpcException(new Status(StatusCode.Unavailable, "The identity provider gives this service no token now."));
    }

    public void Forget(string token)
    {
        if (_current is { } current && current.Token == token)
            _current = null;
    }

    private Task Ask()
    {
        lock (_starting)
        {
            if (!_asking.IsCompleted || (_failures > 0 && Clock.GetElapsedTime(_failedAt) < Pause(_failures)))
                return _asking;
            return _asking = Task.Run(AskUntilGiven);
        }
    }

    private async Task AskUntilGiven()
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                _current = await AskOnce();
                _failures = 0;
                return;
            }
            // Whatever the provider or the secret's file has: the call fails closed, and the next one asks again after a pause.
            catch (Exception error)
            {
                Log.ServiceTokenMissing(logger, options.Service.ClientId, error.Message);
                var refused = error is HttpRequestException { StatusCode: { } code } && (int)code is >= 400 and < 500;
                if (refused || attempt == Tries)
                {
                    (_failures, _failedAt) = (_failures + 1, Clock.GetTimestamp());
                    return;
                }
            }

            await Task.Delay(Pause(attempt), Clock);
        }
    }

    private async Task<Granted> AskOnce()
    {
        var metadata = await keys.GetConfigurationAsync(CancellationToken.None);
        if (string.IsNullOrEmpty(metadata.TokenEndpoint))
            throw new InvalidOperationException("The OpenID provider names no token endpoint.");
        using var request = new HttpRequestMessage(HttpMethod.Post, metadata.TokenEndpoint) { Content = new FormUrlEncodedContent(Form()) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Basic(await options.Service.Secret(CancellationToken.None)));
        var asked = Clock.GetUtcNow();
        using var response = await http.Client.SendAsync(request);
        response.EnsureSuccessStatusCode();
        var answer = await response.Content.ReadFromJsonAsync<TokenAnswer>()
            ?? throw new InvalidOperationException("The token endpoint answered with nothing.");
        if (string.IsNullOrEmpty(answer.AccessToken) || !string.Equals(answer.TokenType, "Bearer", StringComparison.OrdinalIgnoreCase))
            throw new InvalidOperationException($"The token endpoint answered without a bearer token; its type is '{answer.TokenType}'.");
        var lifetime = TimeSpan.FromSeconds(answer.ExpiresIn is > 0 and var seconds ? seconds : LifetimeSecondsOtherwise);
        return new Granted(answer.AccessToken, RenewAt: asked + (lifetime * 0.75), EndsAt: asked + lifetime - (lifetime > EndsEarly * 4 ? EndsEarly : lifetime * 0.1));
    }

    private IEnumerable<KeyValuePair<string, string>> Form()
    {
        yield return KeyValuePair.Create("grant_type", "client_credentials");
        if (options.Service.Scope.Length > 0)
            yield return KeyValuePair.Create("scope", options.Service.Scope);
    }

    // Both parts are form-encoded before they are joined (RFC 6749, 2.3.1): a secret may hold a colon.
    private string Basic(string secret) => Convert.ToBase64String(
        Encoding.ASCII.GetBytes($"{Uri.EscapeDataString(options.Service.ClientId)}:{Uri.EscapeDataString(secret)}"));

    private static TimeSpan Pause(int failures)
    {
        var pause = PauseFirst * Math.Pow(2, Math.Min(failures, 10) - 1);
        return pause < PauseMax ? pause : PauseMax;
    }

    private sealed record Granted(string Token, DateTimeOffset RenewAt, DateTimeOffset EndsAt);

    private sealed record TokenAnswer(
        [property: JsonPropertyName("access_token")] string? AccessToken,
        [property: JsonPropertyName("token_type")] string? TokenType,
        [property: JsonPropertyName("expires_in")] int? ExpiresIn);
}
