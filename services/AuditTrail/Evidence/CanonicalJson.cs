using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace OrderTracking.AuditTrail.Evidence;

/// <summary>One text for one content: members sorted by their names, no blanks, numbers as they were written.</summary>
public static class CanonicalJson
{
    private const string DigestMember = "digest";

    // The text goes into a file, never into a page.
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        NumberHandling = JsonNumberHandling.Strict,
        PropertyNameCaseInsensitive = false,
    };

    public static string Of<T>(T content) => Of(JsonSerializer.SerializeToNode(content, Options));

    public static string Of(JsonNode? node)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Writing))
            Write(writer, node);
        return Encoding.UTF8.GetString(stream.GetBuffer().AsSpan(0, (int)stream.Length));
    }

    /// <summary>Reads the evidence; a member too many or too few is an error.</summary>
    /// <exception cref="JsonException">The text is no evidence of this form.</exception>
    public static EvidenceFile Read(string json) =>
        JsonSerializer.Deserialize<EvidenceFile>(json, Options) ?? throw new JsonException("The file holds nothing.");

    /// <summary>SHA-256 of the file's canonical text without its digest.</summary>
    public static string DigestOf(EvidenceFile file)
    {
        var node = JsonSerializer.SerializeToNode(file, Options)!.AsObject();
        node.Remove(DigestMember);
        return EntryHash.OfPayload(Of(node));
    }

    private static void Write(Utf8JsonWriter writer, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                writer.WriteStartObject();
                foreach (var (name, value) in members.OrderBy(member => member.Key, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(name);
                    Write(writer, value);
                }

                writer.WriteEndObject();
                break;
            case JsonArray items:
                writer.WriteStartArray();
                foreach (var item in items)
                    Write(writer, item);
                writer.WriteEndArray();
                break;
            case null:
                writer.WriteNullValue();
                break;
            default:
                node.WriteTo(writer);
                break;
        }
    }
}
