using System.Collections.Concurrent;
using Microsoft.IdentityModel.Tokens;

namespace OrderTracking.BuildingBlocks.Hosting.Identity;

/// <summary>
/// Remembers for a moment that a token is valid: callers show the same one call after call, and checking a signature costs more than the call
/// behind it. Only what was found valid is remembered, never beyond its own end, and a key that is withdrawn counts after that moment at the latest.
/// </summary>
internal sealed class RememberedTokens(TokenHandler inner, TimeProvider clock) : TokenHandler
{
    private const int TokensMax = 1024;
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(10);
    private readonly ConcurrentDictionary<string, Remembered> _tokens = new(StringComparer.Ordinal);

    public override async Task<TokenValidationResult> ValidateTokenAsync(string token, TokenValidationParameters validationParameters)
    {
        var now = clock.GetUtcNow();
        if (_tokens.TryGetValue(token, out var known))
        {
            if (now < known.Until)
                return known.Result;
            _tokens.TryRemove(KeyValuePair.Create(token, known));
        }

        var result = await inner.ValidateTokenAsync(token, validationParameters);
        if (result.IsValid && result.SecurityToken is { } valid)
            Remember(token, result, new DateTimeOffset(DateTime.SpecifyKind(valid.ValidTo, DateTimeKind.Utc)), now);
        return result;
    }

    public override Task<TokenValidationResult> ValidateTokenAsync(SecurityToken token, TokenValidationParameters validationParameters) =>
        inner.ValidateTokenAsync(token, validationParameters);

    public override SecurityToken ReadToken(string token) => inner.ReadToken(token);

    private void Remember(string token, TokenValidationResult result, DateTimeOffset end, DateTimeOffset now)
    {
        var until = end < now + Moment ? end : now + Moment;
        if (until <= now)
            return;
        // So many callers at once are rare, and begin anew cheaply.
        if (_tokens.Count >= TokensMax)
            _tokens.Clear();
        _tokens[token] = new Remembered(result, until);
    }

    private sealed record Remembered(TokenValidationResult Result, DateTimeOffset Until);
}
