namespace OrderTracking.ComplianceService.Permits;

internal enum PermitState
{
    Granted,
    Revoked,
}

/// <summary>The authorisation to dispatch one shipment on one local date.</summary>
internal sealed record Permit
{
    public required Guid Id { get; init; }

    public required Guid RequestId { get; init; }

    public required PermitState State { get; init; }

    public required Guid ShipmentId { get; init; }

    public required Guid OrderId { get; init; }

    public required long ShipmentRevision { get; init; }

    /// <summary>At the place of export.</summary>
    public required DateOnly ShipDate { get; init; }

    /// <summary>Of the facts it was asked for with; blank where it is older than the digest.</summary>
    public required string FactsDigest { get; init; }

    public required Guid DecisionId { get; init; }

    /// <summary>The licences drawn for it.</summary>
    public required IReadOnlyList<Guid> LicenceIds { get; init; }

    public string RevokeReason { get; init; } = "";

    public DateTimeOffset? RevokedAt { get; init; }

    public long Version { get; init; } = 1;

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }
}
