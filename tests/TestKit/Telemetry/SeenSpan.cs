using Google.Protobuf;

namespace OrderTracking.TestKit.Telemetry;

/// <summary>A span as it was exported.</summary>
/// <param name="Scope">The source that made it.</param>
/// <param name="ParentSpanId">Empty: a root.</param>
/// <param name="Attributes">One value, or those of an array.</param>
/// <param name="Links">Trace and span of each.</param>
public sealed record SeenSpan(
    string Scope,
    string Name,
    string TraceId,
    string SpanId,
    string ParentSpanId,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Attributes,
    IReadOnlyList<(string TraceId, string SpanId)> Links)
{
    /// <summary>The only value of an attribute; empty where it has none or several.</summary>
    public string this[string key] => Attributes.GetValueOrDefault(key) is [var only] ? only : "";

    /// <summary>Reads an export request by the field numbers of opentelemetry/proto/collector/trace/v1.</summary>
    public static IReadOnlyList<SeenSpan> Read(byte[] request) =>
    [
        .. from resource in Messages(request, 1)
           from scoped in Messages(resource, 2)
           let scope = Messages(scoped, 1).Select(scope => Text(scope, 1)).FirstOrDefault("")
           from span in Messages(scoped, 2)
           select new SeenSpan(scope, Text(span, 5), Hex(span, 1), Hex(span, 2), Hex(span, 4), AttributesOf(span), LinksOf(span)),
    ];

    private static Dictionary<string, IReadOnlyList<string>> AttributesOf(byte[] span) =>
        Messages(span, 9).ToDictionary(pair => Text(pair, 1), pair => (IReadOnlyList<string>)[.. Messages(pair, 2).SelectMany(Values)], StringComparer.Ordinal);

    private static IReadOnlyList<(string, string)> LinksOf(byte[] span) => [.. Messages(span, 13).Select(link => (Hex(link, 1), Hex(link, 2)))];

    private static IEnumerable<string> Values(byte[] value)
    {
        foreach (var (field, content) in Fields(value))
        {
            if (field == 5)
                foreach (var one in Messages(content, 1).SelectMany(Values))
                    yield return one;
            else
                yield return field == 1 ? ByteString.CopyFrom(content).ToStringUtf8() : $"({field})";
        }
    }

    private static IEnumerable<byte[]> Messages(byte[] message, int number) => Fields(message).Where(field => field.Number == number).Select(field => field.Content);

    private static string Text(byte[] message, int number) => Messages(message, number).Select(text => ByteString.CopyFrom(text).ToStringUtf8()).FirstOrDefault("");

    private static string Hex(byte[] message, int number) => Messages(message, number).Select(Convert.ToHexStringLower).FirstOrDefault("");

    private static IEnumerable<(int Number, byte[] Content)> Fields(byte[] message)
    {
        var input = new CodedInputStream(message);
        while (input.ReadTag() is not 0 and var tag)
        {
            if (WireFormat.GetTagWireType(tag) == WireFormat.WireType.LengthDelimited)
            {
                yield return (WireFormat.GetTagFieldNumber(tag), input.ReadBytes().ToByteArray());
                continue;
            }

            // Numbers, of which only that they are there matters here.
            input.SkipLastField();
            yield return (WireFormat.GetTagFieldNumber(tag), []);
        }
    }
}
