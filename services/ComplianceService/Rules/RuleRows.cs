using System.Globalization;

namespace OrderTracking.ComplianceService.Rules;

/// <summary>The last change of what is known; a closure that sees another one must not decide with what is in memory.</summary>
internal sealed class RecordedChange
{
    public const string Amendment = "AMENDMENT";
    public const string PartRevision = "PART_REVISION";

    public long Seq { get; init; }

    public Guid Id { get; init; }

    public DateTimeOffset RecordedAt { get; init; }
}

internal sealed class RuleRow
{
    public const string Pack = "PACK";
    public const string Published = "PUBLISHED";

    public long Seq { get; init; }

    public Guid Id { get; init; }

    /// <summary>rules/{rule}.</summary>
    public string Name { get; init; } = "";

    public string Title { get; init; } = "";

    public string Origin { get; init; } = "";

    public long Version { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    public string RuleId => Name[(Name.IndexOf('/', StringComparison.Ordinal) + 1)..];
}

/// <summary>An amendment proposed here. Position is its place in the rule's stack, from 1; 0 while it is not published.</summary>
internal sealed class AmendmentRow
{
    public const string Proposed = "PROPOSED";
    public const string Published = "PUBLISHED";
    public const string Rejected = "REJECTED";

    public Guid Id { get; init; }

    public string Rule { get; init; } = "";

    public long Number { get; init; }

    public long Position { get; set; }

    public string Title { get; init; } = "";

    public string Definition { get; init; } = "";

    public string Digest { get; init; } = "";

    public string State { get; set; } = Proposed;

    public DateTimeOffset? RecordedAt { get; set; }

    public string ProposedBy { get; init; } = "";

    /// <summary>A JSON array of its tests.</summary>
    public string Tests { get; init; } = "[]";

    public string TestsDigest { get; init; } = "";

    /// <summary>The last change its author could know of.</summary>
    public long BaseChange { get; init; }

    public string? ReviewedBy { get; set; }

    public DateTimeOffset? ReviewedAt { get; set; }

    public string ReviewNote { get; set; } = "";

    public string? DecidedBy { get; set; }

    public string Note { get; set; } = "";

    public long Version { get; set; } = 1;

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; set; }

    public string Name => string.Create(CultureInfo.InvariantCulture, $"rules/{Rule}/amendments/{Number}");

    public void Reviewed(string by, string note, DateTimeOffset at) => (ReviewedBy, ReviewNote, ReviewedAt) = (by, note, at);
}
