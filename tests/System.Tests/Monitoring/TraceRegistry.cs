using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using OrderTracking.TestKit.Telemetry;

namespace OrderTracking.SystemTests.Monitoring;

/// <summary>What services/deploy/traces.csv says there is, and what of exported spans it does not say.</summary>
internal sealed partial class TraceRegistry(params IEnumerable<string> lines)
{
    private const string Source = "OrderTracking";

    // What instrumentations of others say by OpenTelemetry's semantic conventions.
    private static readonly string[] Conventions =
        ["http.", "url.", "server.", "client.", "network.", "rpc.", "grpc.", "user_agent.", "error.", "exception.", "otel.", "aspnetcore."];

    private readonly ILookup<string, (string Name, string Relation)> _rows =
        lines.Skip(1).Select(line => line.Split(',')).ToLookup(columns => columns[0], columns => (columns[1], columns[2]));

    public IEnumerable<string> Activities => _rows["activity"].Select(row => row.Name);

    public IEnumerable<string> Attributes => _rows["attribute"].Select(row => row.Name);

    public static TraceRegistry Read([CallerFilePath] string here = "") =>
        new(File.ReadLines(Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "services", "deploy", "traces.csv"))));

    /// <summary>Names and attributes it does not list.</summary>
    public IReadOnlyList<string> Strangers(IEnumerable<SeenSpan> spans) =>
    [
        .. spans.SelectMany(span => NamesOf(span).Except(Activities).Concat(KeysOf(span).Except(Attributes))).Distinct().Order(StringComparer.Ordinal),
    ];

    /// <summary>What it lists and nothing was seen of.</summary>
    public IReadOnlyList<string> Unseen(IReadOnlyList<SeenSpan> spans) =>
        [.. Activities.Except(spans.SelectMany(NamesOf)).Concat(Attributes.Except(spans.SelectMany(KeysOf))).Order(StringComparer.Ordinal)];

    /// <summary>Activities that are not related to what caused them as it says.</summary>
    public IReadOnlyList<string> Misplaced(IEnumerable<SeenSpan> spans) =>
        [.. spans.SelectMany(span => NamesOf(span).Where(name => !_rows["activity"].Contains((name, RelationOf(span))))).Distinct()];

    /// <summary>What stands in a listed attribute and is no id.</summary>
    public IReadOnlyList<string> NoIds(IEnumerable<SeenSpan> spans) =>
    [
        .. from span in spans
           from attribute in span.Attributes
           where Attributes.Contains(attribute.Key)
           from value in attribute.Value
           where !Id().IsMatch(value)
           select $"{attribute.Key}={value}",
    ];

    private static string RelationOf(SeenSpan span) => (span.ParentSpanId.Length, span.Links.Count) switch
    {
        ( > 0, 0) => "child",
        (0, 0) => "root",
        (0, 1) => "linked root",
        _ => "",
    };

    private static IEnumerable<string> NamesOf(SeenSpan span) => span.Scope == Source ? [span.Name] : [];

    private static IEnumerable<string> KeysOf(SeenSpan span) => span.Attributes.Keys.Where(
        key => span.Scope == Source || !Conventions.Any(convention => key.StartsWith(convention, StringComparison.Ordinal)));

    // A UUID, a trace id, or a rule's or reason's name.
    [GeneratedRegex("^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{32}|[A-Z][A-Z0-9_-]*)$")]
    private static partial Regex Id();
}
