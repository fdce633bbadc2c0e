using System.Collections.Concurrent;

namespace OrderTracking.TestIssuer;

/// <summary>How often each thing was asked for: metadata, keys, token.</summary>
public sealed class RequestCounts
{
    private readonly ConcurrentDictionary<string, int> _counts = new(StringComparer.Ordinal);

    /// <summary>The number of requests for one of them.</summary>
    public int this[string what] => _counts.GetValueOrDefault(what);

    internal void Count(string what) => _counts.AddOrUpdate(what, 1, (_, count) => count + 1);
}
