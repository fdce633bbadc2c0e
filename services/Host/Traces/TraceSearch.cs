namespace OrderTracking.Host.Traces;

/// <summary>Finds traces by what a person has at hand: a trace's id, or the id or resource name of an order, a shipment, a decision, a hold.</summary>
internal sealed class TraceSearch
{
    /// <summary>The attributes that name what a span is about; ids of rules and of others are found the same way.</summary>
    public static readonly IReadOnlyList<(string Key, string Name)> Subjects =
    [
        ("order.id", "Order"), ("shipment.id", "Shipment"), ("decision.id", "Decision"), ("hold.id", "Hold"), ("rule.id", "Rule"),
    ];

    private const int TraceIdLengthMin = 8;
    private readonly string _words;
    private readonly string _id;

    public TraceSearch(string? words)
    {
        _words = (words ?? "").Trim();
        _id = LastPart(_words);
    }

    public bool IsEmpty => _words.Length == 0;

    public string Words => _words;

    /// <summary>True where the trace is the one, or one of its spans is about what is looked for.</summary>
    public bool Finds(KeptTrace trace) => IsEmpty || IsTraceId(trace) || trace.Spans.Any(IsAbout);

    /// <summary>True for attributes that name one thing.</summary>
    public static bool IsId(string key) => key.EndsWith(".id", StringComparison.Ordinal) || key.EndsWith("_id", StringComparison.Ordinal);

    private bool IsTraceId(KeptTrace trace) =>
        _words.Length >= TraceIdLengthMin && trace.Id.ToHexString().StartsWith(_words, StringComparison.OrdinalIgnoreCase);

    public bool IsAbout(KeptSpan span)
    {
        foreach (var (key, value) in span.Attributes)
        {
            if (IsId(key) && IsMeant(value))
                return true;
        }

        return false;
    }

    // An attribute may hold the id or the whole name, and so may the question.
    private bool IsMeant(string value)
    {
        if (value.Equals(_words, StringComparison.OrdinalIgnoreCase))
            return true;
        var isOneBare = !_words.Contains('/', StringComparison.Ordinal) || !value.Contains('/', StringComparison.Ordinal);
        return isOneBare && _id.Length > 0 && LastPart(value).Equals(_id, StringComparison.OrdinalIgnoreCase);
    }

    private static string LastPart(string name) => name[(name.LastIndexOf('/') + 1)..];
}
