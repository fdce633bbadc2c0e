using OrderTracking.AuditTrail;

namespace OrderTracking.ComplianceService.Audit.Verification;

/// <summary>Follows the chain entry by entry: places without gaps, each entry the one that was hashed, each going on from the one before.</summary>
/// <param name="next">The place of the first entry.</param>
/// <param name="previousHash">The hash before it.</param>
internal sealed class EntryScan(TrailFindings findings, long next, string previousHash)
{
    private const int SuspectsMax = 200;
    private readonly List<ChainEntry> _changed = [];
    private string? _link = previousHash;
    private bool _afterChanged;

    /// <summary>The place the next entry is expected at.</summary>
    public long Next { get; private set; } = next;

    public string LastHash { get; private set; } = previousHash;

    public void Take(CheckedEntry whole)
    {
        var entry = whole.Entry;
        if (entry.Seq > Next)
        {
            Missing(Next, entry.Seq - 1);
            // What came before is not known, so nothing can be said about the link.
            (_link, _afterChanged) = (null, false);
        }

        var changed = !whole.IsWhole;
        if (changed)
            Suspect(entry);
        else if (_link is not null && entry.PreviousHash != _link && !_afterChanged)
            findings.Add(
                TrailFault.LinkBroken, entry.Seq, entry.Subject,
                $"The entry goes on from {entry.PreviousHash}, the entry before has the hash {_link}.");
        (_link, _afterChanged, LastHash) = (entry.Hash, changed, entry.Hash);
        Next = entry.Seq + 1;
    }

    /// <summary>Tells changed entries from swapped ones, after the last entry.</summary>
    public void End()
    {
        while (_changed.Count > 0)
        {
            var first = _changed[0];
            _changed.RemoveAt(0);
            if (_changed.Find(other => BelongAt(first, other.Seq) && BelongAt(other, first.Seq)) is not { } second)
            {
                Changed(first);
                continue;
            }

            _changed.Remove(second);
            findings.Add(
                TrailFault.EntriesSwapped, first.Seq, first.Subject, $"The entries {first.Seq} and {second.Seq} stand at each other's places.");
        }
    }

    private static bool BelongAt(ChainEntry entry, long seq) => EntryHash.Of(entry with { Seq = seq }) == entry.Hash;

    private void Suspect(ChainEntry entry)
    {
        if (_changed.Count < SuspectsMax)
            _changed.Add(entry);
        else
            Changed(entry);
    }

    private void Changed(ChainEntry entry) =>
        findings.Add(TrailFault.EntryChanged, entry.Seq, entry.Subject, "The entry's fields do not give its hash.");

    private void Missing(long from, long to) =>
        findings.Add(
            TrailFault.EntryMissing, from, "", from == to ? $"The entry {from} is gone." : $"The entries {from} to {to} are gone.");
}
