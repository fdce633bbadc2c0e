using OrderTracking.AuditTrail;
using OrderTracking.ComplianceService.Releases;
using OrderTracking.ComplianceService.Screening;
using OrderTracking.Contracts;

namespace OrderTracking.ComplianceService.Holds;

/// <summary>A row of the table holds.</summary>
internal sealed class HoldRow
{
    public long Seq { get; init; }

    /// <summary>The value a list is ordered by, as stored.</summary>
    public object? OrderKey { get; init; }

    public Guid HoldId { get; init; }

    public string Shipment { get; init; } = "";

    public string OrderName { get; init; } = "";

    public string Origin { get; init; } = "";

    public string Reason { get; init; } = "";

    public string HoldClass { get; init; } = "";

    public string State { get; init; } = "";

    public long Lapsed { get; init; }

    public string Effect { get; init; } = "";

    public string ReviewPolicy { get; init; } = "";

    public string MissingFacts { get; init; } = "";

    public string Explanation { get; init; } = "";

    public string Citation { get; init; } = "";

    public string Amendment { get; init; } = "";

    public Guid? DecisionId { get; init; }

    public string Owner { get; init; } = "";

    public string OpenedBy { get; init; } = "";

    public string CloseReason { get; init; } = "";

    public string PartNumber { get; init; } = "";

    public DateOnly PlannedShipDate { get; init; }

    public string Buyer { get; init; } = "";

    public string DestinationCountry { get; init; } = "";

    public string Currency { get; init; } = "";

    public long ValueMinor { get; init; }

    public long Version { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    public static HoldRow Of(Hold hold) => new()
    {
        HoldId = hold.Id,
        Shipment = Names.Shipment(hold.ShipmentId),
        OrderName = Names.Order(hold.OrderId),
        Origin = Codes<HoldOrigin>.Of(hold.Origin),
        Reason = hold.Reason,
        HoldClass = Codes<Holds.HoldClass>.Of(hold.Class),
        State = Codes<HoldState>.Of(hold.State),
        Lapsed = hold.Lapsed ? 1 : 0,
        Effect = hold.Ground.Effect is { } effect ? Codes<Effect>.Of(effect) : "",
        ReviewPolicy = Codes<ReviewPolicy>.Of(hold.Ground.ReviewPolicy),
        MissingFacts = hold.Ground.MissingFacts,
        Explanation = hold.Ground.Explanation,
        Citation = hold.Ground.Citation,
        Amendment = hold.Ground.Amendment,
        DecisionId = hold.DecisionId,
        Owner = hold.Owner,
        OpenedBy = hold.OpenedBy,
        CloseReason = hold.CloseReason,
        PartNumber = hold.Goods.PartNumber,
        PlannedShipDate = hold.Goods.PlannedShipDate,
        Buyer = hold.Goods.Buyer,
        DestinationCountry = hold.Goods.DestinationCountry,
        Currency = hold.Goods.Value?.CurrencyCode ?? "",
        ValueMinor = hold.Goods.Value?.MinorUnits ?? 0,
        Version = hold.Version,
        CreatedAt = hold.CreatedAt,
        UpdatedAt = hold.UpdatedAt,
    };

    /// <summary>The columns its record in the chain is made of, as they are stored.</summary>
    public IReadOnlyDictionary<string, object?> AsRecorded() => new Dictionary<string, object?>(StringComparer.Ordinal)
    {
        ["hold_id"] = HoldId.ToString("D"),
        ["shipment"] = Shipment,
        ["order_name"] = OrderName,
        ["origin"] = Origin,
        ["reason"] = Reason,
        ["hold_class"] = HoldClass,
        ["state"] = State,
        ["lapsed"] = Lapsed,
        ["effect"] = Effect,
        ["review_policy"] = ReviewPolicy,
        ["missing_facts"] = MissingFacts,
        ["explanation"] = Explanation,
        ["citation"] = Citation,
        ["amendment"] = Amendment,
        ["decision_id"] = DecisionId?.ToString("D"),
        ["owner"] = Owner,
        ["opened_by"] = OpenedBy,
        ["close_reason"] = CloseReason,
        ["created_at"] = RecordText.Instant(CreatedAt),
    };

    public Hold ToHold(IReadOnlyList<Release> releases) => new()
    {
        Id = HoldId,
        ShipmentId = Names.IdOf(Shipment),
        OrderId = Names.IdOf(OrderName),
        Origin = Codes<HoldOrigin>.Parse(Origin),
        Reason = Reason,
        State = Codes<HoldState>.Parse(State),
        Lapsed = Lapsed != 0,
        Ground = new HoldGround(
            Effect.Length == 0 ? null : Codes<Effect>.Parse(Effect),
            Codes<ReviewPolicy>.Parse(ReviewPolicy),
            MissingFacts,
            Explanation,
            Citation,
            Amendment),
        DecisionId = DecisionId,
        Owner = Owner,
        OpenedBy = OpenedBy,
        CloseReason = CloseReason,
        Goods = new HoldGoods(
            PartNumber, PlannedShipDate, Buyer, DestinationCountry, Currency.Length == 0 ? null : new MoneyAmount(Currency, ValueMinor)),
        Version = Version,
        CreatedAt = CreatedAt,
        UpdatedAt = UpdatedAt,
        Releases = releases,
    };
}
