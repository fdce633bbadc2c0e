using System.Diagnostics;
using System.Globalization;

namespace OrderTracking.Host.Traces;

/// <summary>
/// What is kept of an activity that has ended: a copy, so that nothing the activity holds on to is held on to here, and cut to a size
/// that no caller decides.
/// </summary>
internal sealed class KeptSpan
{
    internal const int AttributesMax = 128;
    internal const int LinksMax = 8;
    internal const int EventsMax = 8;
    internal const int KeyLengthMax = 128;
    internal const int ValueLengthMax = 512;
    internal const int TextLengthMax = 8 * 1024;

    // What a span with its places in dictionary and lists, and an attribute, take beside their characters; rather too much than too little.
    private const int SpanBytes = 480;
    private const int AttributeBytes = 72;
    private const char Cut = '…';

    private int _textLeft = TextLengthMax;

    public KeptSpan(Activity activity)
    {
        TraceId = activity.TraceId;
        Id = activity.SpanId;
        ParentId = activity.ParentSpanId;
        Kind = activity.Kind;
        Start = activity.StartTimeUtc;
        Duration = activity.Duration;
        Name = Short(activity.DisplayName, ValueLengthMax);
        Source = Short(activity.Source.Name, KeyLengthMax);
        var attributes = new List<KeyValuePair<string, string>>();
        foreach (ref readonly var tag in activity.EnumerateTagObjects())
            Add(attributes, tag);
        Attributes = [.. attributes];
        (Outcome, var status) = Outcomes.Of(activity);
        Status = Short(status, KeyLengthMax);
        StatusText = activity.StatusDescription is { Length: > 0 } said ? Short(said, ValueLengthMax) : "";
        Links = [.. activity.Links.Select(link => link.Context.TraceId).Distinct().Take(LinksMax)];
        Events = activity.Events.Any() ? [.. activity.Events.Take(EventsMax).Select(Copy)] : [];
        Bytes = SpanBytes + ((Attributes.Length + (2 * Events.Length) + Links.Length) * AttributeBytes)
            + (2 * (TextLengthMax - _textLeft));
    }

    public ActivityTraceId TraceId { get; }

    public ActivitySpanId Id { get; }

    /// <summary>All zeros where it has none.</summary>
    public ActivitySpanId ParentId { get; }

    public ActivityKind Kind { get; }

    public DateTime Start { get; }

    public TimeSpan Duration { get; }

    public DateTime End => Start + Duration;

    public Outcome Outcome { get; }

    /// <summary>Of a gRPC call that was not answered with OK: its status; else empty.</summary>
    public string Status { get; }

    public string Name { get; }

    public string Source { get; }

    public string StatusText { get; }

    public KeyValuePair<string, string>[] Attributes { get; }

    /// <summary>Attributes that did not fit.</summary>
    public int AttributesLeftOut { get; private set; }

    /// <summary>The traces it is linked to.</summary>
    public ActivityTraceId[] Links { get; }

    public KeptEvent[] Events { get; }

    /// <summary>Memory it takes, estimated: not less than it does.</summary>
    public int Bytes { get; }

    private void Add(List<KeyValuePair<string, string>> attributes, KeyValuePair<string, object?> tag)
    {
        // Several values are several attributes, so that each is searched for and shown as one of its own is.
        if (tag.Value is IEnumerable<string> several)
        {
            foreach (var one in several)
                Add(attributes, tag.Key, one);
        }
        else if (tag.Value is not null)
        {
            Add(attributes, tag.Key, Text(tag.Value));
        }
    }

    private void Add(List<KeyValuePair<string, string>> attributes, string key, string value)
    {
        if (attributes.Count == AttributesMax || _textLeft == 0)
            AttributesLeftOut++;
        else
            attributes.Add(new(Short(key, KeyLengthMax), Short(value, ValueLengthMax)));
    }

    private KeptEvent Copy(ActivityEvent happened)
    {
        var words = new List<string>();
        foreach (ref readonly var tag in happened.EnumerateTagObjects())
        {
            // Of a stack, the first lines say where; of all of them, a trace is full.
            if (words.Count < EventsMax && tag.Value is not null)
                words.Add($"{tag.Key}={Cutting(Text(tag.Value), ValueLengthMax)}");
        }

        return new KeptEvent(happened.Timestamp.UtcDateTime, Short(happened.Name, KeyLengthMax), Short(string.Join(' ', words), 2 * ValueLengthMax));
    }

    private string Short(string text, int max)
    {
        var cut = Cutting(text, Math.Min(max, _textLeft));
        _textLeft -= cut.Length;
        return cut;
    }

    private static string Cutting(string text, int max) => text.Length <= max ? text : max == 0 ? "" : text[..(max - 1)] + Cut;

    private static string Text(object value) => value switch
    {
        string text => text,
        IFormattable number => number.ToString(format: null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}

/// <summary>What happened during a span, such as an exception.</summary>
internal readonly record struct KeptEvent(DateTime Time, string Name, string Text);
