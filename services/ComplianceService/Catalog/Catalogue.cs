using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Text;
using OrderTracking.ComplianceService.Rules;

namespace OrderTracking.ComplianceService.Catalog;

/// <summary>An immutable snapshot of all revisions of all parts, asked as of any instant, and swapped whole.</summary>
internal sealed class Catalogue
{
    private readonly FrozenDictionary<string, PartRevision[]> parts;
    private readonly DateTimeOffset[] changes;
    private readonly ConcurrentDictionary<int, string> digests = new();

    private Catalogue(FrozenDictionary<string, PartRevision[]> parts)
    {
        this.parts = parts;
        changes = RecordedInstants.Of(parts.Values.SelectMany(revisions => revisions).Select(revision => revision.RecordedAt));
    }

    /// <summary>Part numbers in ordinal order.</summary>
    public IEnumerable<string> PartNumbers => parts.Keys.Order(StringComparer.Ordinal);

    /// <exception cref="ArgumentException">A part has two revisions of one number.</exception>
    public static Catalogue Build(IEnumerable<PartRevision> revisions)
    {
        var grouped = revisions.GroupBy(revision => revision.PartNumber, StringComparer.Ordinal);
        return new Catalogue(grouped.ToFrozenDictionary(
            part => part.Key,
            part =>
            {
                var stack = part.OrderBy(revision => revision.Number).ToArray();
                return stack.DistinctBy(revision => revision.Number).Count() == stack.Length
                    ? stack
                    : throw new ArgumentException($"The part {part.Key} has two revisions of one number.", nameof(revisions));
            },
            StringComparer.Ordinal));
    }

    /// <summary>The revision recorded last among those known; of two recorded at one instant the higher number.</summary>
    public PartRevision? Find(string partNumber, DateTimeOffset knownAt)
    {
        PartRevision? found = null;
        if (parts.TryGetValue(partNumber, out var revisions))
            foreach (var revision in revisions)
                if (revision.IsKnownAt(knownAt) && (found is null || Nullable.Compare(revision.RecordedAt, found.RecordedAt) >= 0))
                    found = revision;
        return found;
    }

    /// <summary>All revisions of a part by number, known or not; empty for an unknown part.</summary>
    public IReadOnlyList<PartRevision> Revisions(string partNumber) => parts.GetValueOrDefault(partNumber) ?? [];

    /// <summary>Lower-case SHA-256 hex over the revisions known then.</summary>
    public string Digest(DateTimeOffset knownAt) =>
        digests.GetOrAdd(
            RecordedInstants.CountKnown(changes, knownAt),
            static (_, asked) => asked.Self.Compute(asked.KnownAt),
            (Self: this, KnownAt: knownAt));

    /// <summary>The first instant after this one at which a revision becomes known, or null.</summary>
    public DateTimeOffset? NextChangeAfter(DateTimeOffset instant) => RecordedInstants.NextAfter(changes, instant);

    private string Compute(DateTimeOffset knownAt)
    {
        var text = new StringBuilder("catalogue 1\n");
        foreach (var part in PartNumbers)
            foreach (var revision in parts[part])
                if (revision.IsKnownAt(knownAt))
                    revision.WriteCanonical(text);
        return Canonical.Digest(text);
    }
}
