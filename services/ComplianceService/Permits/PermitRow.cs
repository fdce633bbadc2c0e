namespace OrderTracking.ComplianceService.Permits;

/// <summary>A row of the table permits.</summary>
internal sealed class PermitRow
{
    public long Seq { get; init; }

    /// <summary>The value a list is ordered by, as stored.</summary>
    public object? OrderKey { get; init; }

    public Guid PermitId { get; init; }

    public Guid RequestId { get; init; }

    public string State { get; init; } = "";

    public string Shipment { get; init; } = "";

    public string OrderName { get; init; } = "";

    public long ShipmentRevision { get; init; }

    public DateOnly ShipDate { get; init; }

    public string FactsDigest { get; init; } = "";

    public Guid DecisionId { get; init; }

    public string LicenceIds { get; init; } = "";

    public string RevokeReason { get; init; } = "";

    public DateTimeOffset? RevokedAt { get; init; }

    public long Version { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    public static PermitRow Of(Permit permit) => new()
    {
        PermitId = permit.Id,
        RequestId = permit.RequestId,
        State = Codes<PermitState>.Of(permit.State),
        Shipment = Names.Shipment(permit.ShipmentId),
        OrderName = Names.Order(permit.OrderId),
        ShipmentRevision = permit.ShipmentRevision,
        ShipDate = permit.ShipDate,
        FactsDigest = permit.FactsDigest,
        DecisionId = permit.DecisionId,
        LicenceIds = string.Join(',', permit.LicenceIds),
        RevokeReason = permit.RevokeReason,
        RevokedAt = permit.RevokedAt,
        Version = permit.Version,
        CreatedAt = permit.CreatedAt,
        UpdatedAt = permit.UpdatedAt,
    };

    public Permit ToPermit() => new()
    {
        Id = PermitId,
        RequestId = RequestId,
        State = Codes<PermitState>.Parse(State),
        ShipmentId = Names.IdOf(Shipment),
        OrderId = Names.IdOf(OrderName),
        ShipmentRevision = ShipmentRevision,
        ShipDate = ShipDate,
        FactsDigest = FactsDigest,
        DecisionId = DecisionId,
        LicenceIds = [.. LicenceIds.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Guid.Parse)],
        RevokeReason = RevokeReason,
        RevokedAt = RevokedAt,
        Version = Version,
        CreatedAt = CreatedAt,
        UpdatedAt = UpdatedAt,
    };
}
