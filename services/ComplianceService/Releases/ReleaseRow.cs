using System.Text.Json;
using OrderTracking.ComplianceService.Shipments;

namespace OrderTracking.ComplianceService.Releases;

/// <summary>A row of the table releases; with its hold's shipment and reason where a list was read.</summary>
internal sealed class ReleaseRow
{
    public long Seq { get; init; }

    /// <summary>The value a list is ordered by, as stored.</summary>
    public object? OrderKey { get; init; }

    public string Shipment { get; init; } = "";

    public string HoldReason { get; init; } = "";

    public Guid ReleaseId { get; init; }

    public Guid HoldId { get; init; }

    public string State { get; init; } = "";

    public string ReasonCode { get; init; } = "";

    public string Note { get; init; } = "";

    public Guid? LicenceId { get; init; }

    public DateOnly FirstShipDate { get; init; }

    public DateOnly LastShipDate { get; init; }

    public string ProposedBy { get; init; } = "";

    public string DecidedBy { get; init; } = "";

    public DateTimeOffset? DecidedAt { get; init; }

    public string CloseReason { get; init; } = "";

    public string FactsDigest { get; init; } = "";

    public string Facts { get; init; } = "";

    public string Changes { get; init; } = "";

    public string Amendment { get; init; } = "";

    public string Effect { get; init; } = "";

    public DateTimeOffset? ExpiresAt { get; init; }

    public long Version { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    public static ReleaseRow Of(Release release) => new()
    {
        ReleaseId = release.Id,
        HoldId = release.HoldId,
        State = Codes<ReleaseState>.Of(release.State),
        ReasonCode = release.ReasonCode,
        Note = release.Note,
        LicenceId = release.LicenceId,
        FirstShipDate = release.FirstShipDate,
        LastShipDate = release.LastShipDate,
        ProposedBy = release.ProposedBy,
        DecidedBy = release.DecidedBy,
        DecidedAt = release.DecidedAt,
        CloseReason = release.CloseReason,
        FactsDigest = release.FactsDigest,
        Facts = release.Facts is { } facts ? StoredFacts.Write(facts) : "",
        Changes = release.Changes.Count == 0 ? "" : JsonSerializer.Serialize(release.Changes),
        Amendment = release.Amendment,
        Effect = release.Effect is { } effect ? Codes<Screening.Effect>.Of(effect) : "",
        ExpiresAt = release.ExpiresAt,
        Version = release.Version,
        CreatedAt = release.CreatedAt,
        UpdatedAt = release.UpdatedAt,
    };

    public Release ToRelease() => new()
    {
        Id = ReleaseId,
        HoldId = HoldId,
        State = Codes<ReleaseState>.Parse(State),
        ReasonCode = ReasonCode,
        Note = Note,
        LicenceId = LicenceId,
        FirstShipDate = FirstShipDate,
        LastShipDate = LastShipDate,
        ProposedBy = ProposedBy,
        DecidedBy = DecidedBy,
        DecidedAt = DecidedAt,
        CloseReason = CloseReason,
        FactsDigest = FactsDigest,
        Facts = Facts.Length == 0 ? null : StoredFacts.Read(Facts),
        Changes = Changes.Length == 0 ? [] : JsonSerializer.Deserialize<ReleaseChange[]>(Changes)!,
        Amendment = Amendment,
        Effect = Effect.Length == 0 ? null : Codes<Screening.Effect>.Parse(Effect),
        ExpiresAt = ExpiresAt,
        Version = Version,
        CreatedAt = CreatedAt,
        UpdatedAt = UpdatedAt,
    };
}
