namespace OrderTracking.ComplianceService.Audit.Verification;

/// <summary>What can be wrong with the trail.</summary>
internal enum TrailFault
{
    /// <summary>A field of an entry is not what was hashed.</summary>
    EntryChanged,

    /// <summary>There is no entry at a place.</summary>
    EntryMissing,

    /// <summary>Two entries stand at each other's places.</summary>
    EntriesSwapped,

    /// <summary>An entry does not go on from the one before.</summary>
    LinkBroken,

    /// <summary>The chain ends before its known end.</summary>
    TailCut,

    /// <summary>The head's row is not the last entry.</summary>
    HeadDiffers,

    /// <summary>The tree over the entries has another root than a checkpoint, a block or an anchor says.</summary>
    CheckpointDiffers,

    /// <summary>The chain has another hash than was written down outside.</summary>
    AnchorDiffers,

    /// <summary>A record is not what its entry vouches for.</summary>
    RecordChanged,

    /// <summary>A record an entry vouches for is gone.</summary>
    RecordMissing,

    /// <summary>A record is in no entry.</summary>
    RecordNotInChain,
}

/// <summary>One thing that is wrong, and where.</summary>
/// <param name="Seq">The entry, or the last one that is whole before it; 0 where a record is in no entry.</param>
/// <param name="Subject">The record's resource name; blank where it is about the chain itself.</param>
internal sealed record TrailFinding(TrailFault Fault, long Seq, string Subject, string Detail);

/// <summary>Findings, up to a number that somebody can read, and how many there were.</summary>
internal sealed class TrailFindings
{
    public const int ListedMax = 1_000;
    private readonly List<TrailFinding> _listed = [];

    public long Count { get; private set; }

    public IReadOnlyList<TrailFinding> Listed => _listed;

    public void Add(TrailFinding finding)
    {
        Count++;
        if (_listed.Count < ListedMax)
            _listed.Add(finding);
    }

    public void Add(TrailFault fault, long seq, string subject, string detail) => Add(new TrailFinding(fault, seq, subject, detail));

    public bool Has(TrailFault fault) => _listed.Exists(finding => finding.Fault == fault);
}
