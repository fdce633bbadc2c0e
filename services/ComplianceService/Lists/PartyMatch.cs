using OrderTracking.ComplianceService.Screening;

namespace OrderTracking.ComplianceService.Lists;

/// <summary>Whether two statements agree; not stated on one side is neither.</summary>
internal enum Agreement
{
    NotCompared,
    Agrees,
    Differs,
}

/// <summary>A party of a shipment that matches a listed one on its ship date.</summary>
/// <param name="Snapshot">The snapshot that counted, <c>lists/{list}/snapshots/{n}</c>.</param>
/// <param name="Score">0 to 100, with what country and address add or take.</param>
/// <param name="ClearedBy">The clearance that lets the party pass, or null.</param>
internal sealed record PartyMatch(
    Party Party,
    string List,
    ListEntry Entry,
    string EntryDigest,
    string Snapshot,
    string MatchedName,
    int Score,
    int Threshold,
    Agreement Country,
    Agreement Address,
    string? ClearedBy)
{
    public string EntryName => ListNames.Entry(List, Entry.Id);
}

/// <summary>What matching the parties of a shipment came to.</summary>
/// <param name="Matches">By entry, then in the order of the parties; cleared ones too.</param>
/// <param name="Unreadable">Names nobody could compare.</param>
internal sealed record PartyScreening(IReadOnlyList<PartyMatch> Matches, IReadOnlyList<string> Unreadable)
{
    public static PartyScreening None { get; } = new([], []);

    public bool Holds => Unreadable.Count > 0 || Matches.Count > 0 && Matches.Any(match => match.ClearedBy is null);
}
