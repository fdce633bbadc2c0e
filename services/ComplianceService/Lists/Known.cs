namespace OrderTracking.ComplianceService.Lists;

/// <summary>An entry with one content, and when it counts: from one recording on until another one took it away.</summary>
internal sealed record ListedEntry(string List, ListEntry Entry, string Digest, DateTimeOffset From, DateTimeOffset? To)
{
    public bool IsKnownAt(DateTimeOffset instant) => From <= instant && !(To <= instant);
}

/// <summary>A snapshot that counts from an instant on, until the next of its list.</summary>
internal sealed record KnownSnapshot(string List, string Name, DateTimeOffset RecordedAt, string EntriesDigest);

/// <summary>The score from which on a match holds, 70 to 100, from an instant on.</summary>
internal sealed record KnownThreshold(int Value, DateTimeOffset RecordedAt);

/// <summary>An approved clearance. Dates are ship dates, both included.</summary>
/// <param name="PartyKey">See <see cref="Matching.NameKey.Strict"/>.</param>
/// <param name="Entry"><c>lists/{list}/entries/{entry}</c>.</param>
internal sealed record KnownClearance(
    string Name,
    string PartyKey,
    string Country,
    string Entry,
    string EntryDigest,
    DateOnly From,
    DateOnly To,
    DateTimeOffset RecordedAt,
    DateTimeOffset? RevokedAt)
{
    public bool IsKnownAt(DateTimeOffset instant) => RecordedAt <= instant && !(RevokedAt <= instant);
}
