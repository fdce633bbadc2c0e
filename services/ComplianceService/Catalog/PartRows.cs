using System.Globalization;

namespace OrderTracking.ComplianceService.Catalog;

internal sealed class PartRow
{
    public long Seq { get; init; }

    public Guid Id { get; init; }

    public string PartNumber { get; init; } = "";

    /// <summary>As known now; blank while no revision is approved.</summary>
    public string Family { get; set; } = "";

    public string Vendor { get; set; } = "";

    public long Version { get; set; } = 1;

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; set; }
}

/// <summary>
/// A revision proposed here. BaseNumber is the revision whose missing facts it supplies; null where it states everything.
/// </summary>
internal sealed class PartRevisionRow
{
    public const string Proposed = "PROPOSED";
    public const string Approved = "APPROVED";
    public const string Rejected = "REJECTED";

    public Guid Id { get; init; }

    public string PartNumber { get; init; } = "";

    public long Number { get; init; }

    public long? BaseNumber { get; init; }

    public string State { get; set; } = Proposed;

    public DateTimeOffset? RecordedAt { get; set; }

    public string Family { get; init; } = "";

    public string Vendor { get; init; } = "";

    public string Description { get; init; } = "";

    public decimal? Tpp { get; init; }

    public decimal? PerformanceDensity { get; init; }

    public decimal? DieAreaMm2 { get; init; }

    public decimal? IoBandwidthGbps { get; init; }

    public decimal? MemoryBandwidthGbps { get; init; }

    public bool? DesignedForDataCenter { get; init; }

    public string Source { get; init; } = "";

    /// <summary>CONFIRMED, SECONDARY, RECALLED or UNCONFIRMED.</summary>
    public string Certainty { get; init; } = "";

    public string ProposedBy { get; init; } = "";

    public string? DecidedBy { get; set; }

    public string Note { get; set; } = "";

    public long Version { get; set; } = 1;

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; set; }

    public string Name => string.Create(CultureInfo.InvariantCulture, $"parts/{PartNumber}/revisions/{Number}");
}
