using Grpc.Core;

namespace OrderTracking.BuildingBlocks.Hosting;

/// <summary>The identity a service calls other services with: its own name and the role <c>service</c>.</summary>
internal sealed class ServiceCallCredentials(DevelopmentTokens tokens, string subject)
{
    private const string Role = "service";
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);
    private static readonly TimeSpan RenewBefore = TimeSpan.FromMinutes(10);
    private static readonly TimeProvider Clock = TimeProvider.System;
    private volatile Minted? _current;

    /// <summary>The options of a call with the token added to its headers.</summary>
    public CallOptions Attach(CallOptions options)
    {
        var headers = new Metadata();
        foreach (var entry in options.Headers ?? [])
            headers.Add(entry);
        headers.Add("authorization", "Bearer " + Token());
        return options.WithHeaders(headers);
    }

    private string Token()
    {
        var now = Clock.GetUtcNow();
        if (_current is { } current && now < current.RenewAt)
            return current.Token;
        var minted = new Minted(tokens.Mint(subject, [Role], Lifetime), now + Lifetime - RenewBefore);
        _current = minted;
        return minted.Token;
    }

    private sealed record Minted(string Token, DateTimeOffset RenewAt);
}
