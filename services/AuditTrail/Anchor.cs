using System.Text.Json;

namespace OrderTracking.AuditTrail;

/// <summary>The head of the chain as it was written down outside of the database: one JSON object a line.</summary>
/// <param name="Seq">The last entry, which is also the size of the tree.</param>
/// <param name="Hash">Its hash, lower-case hex.</param>
/// <param name="Root">The root of the tree over all entries up to it, lower-case hex; blank where only the head is known.</param>
/// <param name="Time">When it was written down.</param>
public sealed record Anchor(long Seq, string Hash, string Root, DateTimeOffset Time)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>The anchor as a line of a file, without its end.</summary>
    public string ToLine() => JsonSerializer.Serialize(this, Json);

    /// <summary>Reads the lines of an anchor file; a last line that was cut off while it was written is none.</summary>
    /// <exception cref="InvalidDataException">A line is no anchor.</exception>
    public static IReadOnlyList<Anchor> ReadAll(string text)
    {
        var whole = text[..(text.LastIndexOf('\n') + 1)];
        return [.. whole.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Read)];
    }

    private static Anchor Read(string line, int index)
    {
        try
        {
            if (JsonSerializer.Deserialize<Anchor>(line, Json) is { Seq: > 0, Hash.Length: > 0, Root: not null } anchor)
                return anchor;
        }
        catch (JsonException)
        {
            // Said below, with the line.
        }

        throw new InvalidDataException($"Line {index + 1} of the anchor file is no anchor.");
    }
}
