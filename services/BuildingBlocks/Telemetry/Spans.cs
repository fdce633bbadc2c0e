using System.Diagnostics;
using OrderTracking.BuildingBlocks.Data;

namespace OrderTracking.BuildingBlocks.Telemetry;

/// <summary>Activities of the system's own, and what those under way say they are about: ids, and nothing else.</summary>
public static class Spans
{
    /// <summary>What one attribute lists at most; a span of more is found by the others.</summary>
    public const int ValuesMax = 32;

    /// <summary>The name of <see cref="Source"/>. A listener asks for it by this: it is asked while the source is being made.</summary>
    public const string SourceName = "OrderTracking";

    /// <summary>The one source of the system's own activities.</summary>
    public static readonly ActivitySource Source = new(SourceName);

    /// <summary>Says that what runs now is about this: a string, or an array of strings where it is about several.</summary>
    public static void Tag(string key, Guid id) => Tag(Activity.Current, key, id.ToString("D"));

    /// <summary>Says once the transaction is committed that what runs now is about these.</summary>
    public static void TagWhenCommitted(Tx tx, string key, params IReadOnlyCollection<string> values)
    {
        ArgumentNullException.ThrowIfNull(tx);
        if (values.Count > 0 && Activity.Current is { IsAllDataRequested: true } activity)
            tx.AfterCommit(() => Tag(activity, key, values));
    }

    /// <summary>Makes a span of no length in a trace of its own, linked to what runs now.</summary>
    /// <param name="name">One of <see cref="KeptActivities"/> where it is to be kept whatever is sampled.</param>
    /// <param name="cause">What it is linked to; null: nothing.</param>
    /// <param name="attributes">What it is about.</param>
    public static void Mark(string name, ActivityContext? cause, IEnumerable<KeyValuePair<string, object?>> attributes)
    {
        var current = Activity.Current;
        // A root: whether a span below another is sampled would be the other's decision.
        Activity.Current = null;
        try
        {
            using var _ = Source.StartActivity(
                name, ActivityKind.Internal, parentContext: default, attributes, cause is { } context ? [new ActivityLink(context)] : []);
        }
        finally
        {
            Activity.Current = current;
        }
    }

    internal static void Tag(Activity? activity, string key, string value)
    {
        if (activity is not { IsAllDataRequested: true })
            return;
        var before = activity.GetTagItem(key);
        if (before is null)
            activity.SetTag(key, value);
        else if (before as string != value)
            Tag(activity, key, [value]);
    }

    internal static void Tag(Activity? activity, string key, IReadOnlyCollection<string> values)
    {
        if (activity is not { IsAllDataRequested: true })
            return;
        string[] before = activity.GetTagItem(key) switch
        {
            string one => [one],
            string[] several => several,
            _ => [],
        };
        string[] after = [.. before.Concat(values).Distinct(StringComparer.Ordinal).Take(ValuesMax)];
        if (after.Length > before.Length)
            activity.SetTag(key, after.Length == 1 ? after[0] : after);
    }
}
