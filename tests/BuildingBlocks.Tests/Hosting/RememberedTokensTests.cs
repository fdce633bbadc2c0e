using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using OrderTracking.BuildingBlocks.Hosting.Identity;

namespace OrderTracking.BuildingBlocks.Tests.Hosting;

public sealed class RememberedTokensTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 24, 9, 0, 0, TimeSpan.Zero);
    private static readonly TokenValidationParameters Parameters = new();
    private readonly MovedClock _clock = new();
    private readonly Checked _inner = new();
    private readonly RememberedTokens _tokens;

    public RememberedTokensTests() => _tokens = new RememberedTokens(_inner, _clock);

    [Fact]
    public async Task A_valid_token_is_checked_again_after_ten_seconds()
    {
        var token = Token(Start.AddHours(1));
        await _tokens.ValidateTokenAsync(token, Parameters);
        _clock.Now += TimeSpan.FromSeconds(9.9);
        Assert.True((await _tokens.ValidateTokenAsync(token, Parameters)).IsValid);
        Assert.Equal(1, _inner.Count);
        _clock.Now += TimeSpan.FromSeconds(0.1);
        await _tokens.ValidateTokenAsync(token, Parameters);
        Assert.Equal(2, _inner.Count);
    }

    [Fact]
    public async Task A_token_is_not_remembered_beyond_its_own_end()
    {
        var token = Token(Start.AddSeconds(3));
        await _tokens.ValidateTokenAsync(token, Parameters);
        _clock.Now += TimeSpan.FromSeconds(3);
        _inner.Refuses = true;
        Assert.False((await _tokens.ValidateTokenAsync(token, Parameters)).IsValid);
    }

    [Fact]
    public async Task A_refused_token_is_checked_each_time()
    {
        var token = Token(Start.AddHours(1));
        _inner.Refuses = true;
        Assert.False((await _tokens.ValidateTokenAsync(token, Parameters)).IsValid);
        _inner.Refuses = false;
        Assert.True((await _tokens.ValidateTokenAsync(token, Parameters)).IsValid);
        Assert.Equal(2, _inner.Count);
    }

    [Fact]
    public async Task Another_signature_is_another_token()
    {
        var token = Token(Start.AddHours(1));
        await _tokens.ValidateTokenAsync(token, Parameters);
        _inner.Refuses = true;
        Assert.False((await _tokens.ValidateTokenAsync(token + "A", Parameters)).IsValid);
    }

    private static string Token(DateTimeOffset end) => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        IssuedAt = Start.UtcDateTime,
        NotBefore = Start.UtcDateTime,
        Expires = end.UtcDateTime,
        Claims = new Dictionary<string, object> { ["sub"] = "erp" },
    });

    private sealed class MovedClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = Start;

        public override DateTimeOffset GetUtcNow() => Now;
    }

    /// <summary>Stands for the check of a signature, and counts.</summary>
    private sealed class Checked : TokenHandler
    {
        public int Count { get; private set; }

        public bool Refuses { get; set; }

        public override Task<TokenValidationResult> ValidateTokenAsync(string token, TokenValidationParameters validationParameters)
        {
            Count++;
            return Task.FromResult(Refuses
                ? new TokenValidationResult { IsValid = false, Exception = new SecurityTokenInvalidSignatureException() }
                : new TokenValidationResult { IsValid = true, SecurityToken = new JsonWebToken(token) });
        }

        public override SecurityToken ReadToken(string token) => new JsonWebToken(token);
    }
}
