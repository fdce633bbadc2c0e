namespace OrderTracking.ComplianceService.Rules;

/// <summary>The sorted instants at which something became known. Between two of them nothing known changes.</summary>
internal static class RecordedInstants
{
    public static DateTimeOffset[] Of(IEnumerable<DateTimeOffset?> recorded) =>
        [.. recorded.OfType<DateTimeOffset>().Select(instant => instant.ToUniversalTime()).Distinct().Order()];

    /// <summary>How many of the instants are at or before this one: the number of the interval it lies in.</summary>
    public static int CountKnown(DateTimeOffset[] instants, DateTimeOffset knownAt)
    {
        var found = Array.BinarySearch(instants, knownAt.ToUniversalTime());
        return found >= 0 ? found + 1 : ~found;
    }

    public static DateTimeOffset? NextAfter(DateTimeOffset[] instants, DateTimeOffset instant)
    {
        var next = CountKnown(instants, instant);
        return next < instants.Length ? instants[next] : null;
    }
}
