using OrderTracking.ComplianceService.Lists.Parsing;

namespace OrderTracking.ComplianceService.Lists;

/// <summary>A row of list_snapshots.</summary>
internal sealed class SnapshotRow
{
    public const string Proposed = "PROPOSED";
    public const string InForce = "IN_FORCE";
    public const string Superseded = "SUPERSEDED";
    public const string Rejected = "REJECTED";

    public long Seq { get; init; }

    public object? OrderKey { get; init; }

    public string Name { get; init; } = "";

    public string List { get; init; } = "";

    public long Number { get; init; }

    public string State { get; set; } = Proposed;

    public string SourceUri { get; init; } = "";

    public DateOnly AsOf { get; init; }

    public string FileDigest { get; init; } = "";

    public string EntriesDigest { get; init; } = "";

    /// <summary>0: the list had none before.</summary>
    public long BaseNumber { get; init; }

    public long EntryCount { get; init; }

    public long AddedCount { get; init; }

    public long ChangedCount { get; init; }

    public long RemovedCount { get; init; }

    public bool FileCut { get; init; }

    /// <summary>JSON of <see cref="ListRepair"/>s.</summary>
    public string Repairs { get; init; } = "[]";

    public string ImportedBy { get; init; } = "";

    public string DecidedBy { get; set; } = "";

    public string Note { get; set; } = "";

    public DateTimeOffset? RecordedAt { get; set; }

    public long Version { get; set; } = 1;

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>Nothing that was listed is listed less: such a snapshot counts at once.</summary>
    public bool OnlyAdds => ChangedCount == 0 && RemovedCount == 0 && !FileCut;
}

/// <summary>An entry that counts now.</summary>
internal sealed class SpanRow
{
    public long Seq { get; init; }

    public object? OrderKey { get; init; }

    public string List { get; init; } = "";

    public string Entry { get; init; } = "";

    public string Digest { get; init; } = "";

    public long FirstNumber { get; init; }

    public DateTimeOffset RecordedFrom { get; init; }

    public DateTimeOffset? RecordedTo { get; init; }

    /// <summary>JSON of the <see cref="ListEntry"/>.</summary>
    public string Body { get; init; } = "";
}

/// <summary>What a snapshot does to one entry of its base.</summary>
internal sealed class ChangeRow
{
    public const string Added = "ADDED";
    public const string Changed = "CHANGED";
    public const string Removed = "REMOVED";

    public long Seq { get; init; }

    public object? OrderKey { get; init; }

    public string List { get; init; } = "";

    public long Number { get; init; }

    public string Kind { get; init; } = "";

    public string Entry { get; init; } = "";

    public string? BeforeDigest { get; init; }

    public string? AfterDigest { get; init; }

    public string? BeforeBody { get; init; }

    public string? AfterBody { get; init; }
}
