namespace OrderTracking.ComplianceService.Impact;

/// <summary>Sums by what their shipments have in common.</summary>
internal sealed class Groups<TSum>
    where TSum : new()
{
    private readonly Dictionary<string, TSum> sums = new(StringComparer.Ordinal);

    public int Count => sums.Count;

    public TSum Of(string key)
    {
        if (!sums.TryGetValue(key, out var sum))
            sums.Add(key, sum = new TSum());
        return sum;
    }

    /// <summary>The largest groups, largest first and then by key, and the rest of them.</summary>
    public (IReadOnlyList<KeyValuePair<string, TSum>> Top, IReadOnlyList<TSum> Others) Cut(int top, Func<TSum, long> size)
    {
        var ordered = sums.OrderByDescending(group => size(group.Value)).ThenBy(group => group.Key, StringComparer.Ordinal).ToList();
        return ([.. ordered.Take(top)], [.. ordered.Skip(top).Select(group => group.Value)]);
    }
}
