using System.Collections.Concurrent;

namespace OrderTracking.BuildingBlocks.Hosting.Identity;

/// <summary>Mints what services call each other with in the mode Development: their own names and the role <c>service</c>.</summary>
internal sealed class DevelopmentServiceTokens(DevelopmentTokens tokens) : IServiceTokens
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);
    private static readonly TimeSpan RenewBefore = TimeSpan.FromMinutes(10);
    private static readonly TimeProvider Clock = TimeProvider.System;
    private readonly ConcurrentDictionary<string, Minted> _current = new(StringComparer.Ordinal);

    public ValueTask<string> Get(string subject, CancellationToken cancellation)
    {
        var now = Clock.GetUtcNow();
        if (!_current.TryGetValue(subject, out var minted) || now >= minted.RenewAt)
            _current[subject] = minted = new Minted(tokens.Mint(subject, [OidcIdentity.ServiceRole], Lifetime), now + Lifetime - RenewBefore);
        return ValueTask.FromResult(minted.Token);
    }

    public void Forget(string token)
    {
        foreach (var (subject, minted) in _current)
        {
            if (minted.Token == token)
                _current.TryRemove(KeyValuePair.Create(subject, minted));
        }
    }

    private sealed record Minted(string Token, DateTimeOffset RenewAt);
}
