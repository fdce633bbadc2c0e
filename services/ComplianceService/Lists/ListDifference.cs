using System.Text;
using OrderTracking.ComplianceService.Rules;

namespace OrderTracking.ComplianceService.Lists;

/// <summary>What a file does to one entry of the snapshot in force. Before or after is null where there is none.</summary>
internal sealed record EntryChange(string Kind, string Entry, ListContent? Before, ListContent? After);

/// <summary>An entry with the digest of its content.</summary>
internal sealed record ListContent(ListEntry Entry, string Digest);

/// <summary>What a file does to the snapshot in force, by id of the entry.</summary>
internal static class ListDifference
{
    public static IReadOnlyList<EntryChange> Of(IReadOnlyDictionary<string, SpanRow> before, IReadOnlyList<ListContent> after)
    {
        var changes = new List<EntryChange>();
        var kept = new HashSet<string>(StringComparer.Ordinal);
        foreach (var content in after)
        {
            kept.Add(content.Entry.Id);
            if (!before.TryGetValue(content.Entry.Id, out var row))
                changes.Add(new EntryChange(ChangeRow.Added, content.Entry.Id, null, content));
            else if (row.Digest != content.Digest)
                changes.Add(new EntryChange(ChangeRow.Changed, content.Entry.Id, ContentOf(row), content));
        }

        foreach (var row in before.Values.Where(row => !kept.Contains(row.Entry)))
            changes.Add(new EntryChange(ChangeRow.Removed, row.Entry, ContentOf(row), null));
        changes.Sort((a, b) => string.CompareOrdinal(a.Entry, b.Entry));
        return changes;
    }

    public static EntryChange Of(ChangeRow row) => new(
        row.Kind,
        row.Entry,
        row.BeforeBody is { } before ? new ListContent(ListStore.Read(before), row.BeforeDigest!) : null,
        row.AfterBody is { } after ? new ListContent(ListStore.Read(after), row.AfterDigest!) : null);

    /// <summary>Lower-case SHA-256 hex over a list's entries, in whatever order they came.</summary>
    public static string DigestOf(IEnumerable<ListContent> contents)
    {
        var text = new StringBuilder("list 1\n");
        foreach (var content in contents.OrderBy(content => content.Entry.Id, StringComparer.Ordinal))
            text.Field("entry", content.Entry.Id).Field("content", content.Digest);
        return Canonical.Digest(text);
    }

    private static ListContent ContentOf(SpanRow row) => new(ListStore.Read(row.Body), row.Digest);
}
