namespace OrderTracking.ShipmentService.Shipments;

/// <summary>Which of a shipment's dates.</summary>
internal enum DateKind
{
    RequestedShip,
    PlannedShip,
    PromisedDelivery,
    EstimatedDelivery,
    ActualShip,
    ActualDelivery,
}

/// <summary>One change of one date: kept for good, with the value before.</summary>
/// <param name="Number">From 1, in the order of recording.</param>
/// <param name="OldDate">Null if there was none.</param>
/// <param name="NewDate">Null if it was withdrawn.</param>
internal sealed record DateChange(
    long Number, DateKind Kind, DateOnly? OldDate, DateOnly? NewDate, string Reason, string Source, DateTimeOffset RecordTime);

/// <summary>The names kinds of dates have in rows.</summary>
internal static class DateNames
{
    private static readonly Dictionary<DateKind, string> Names = new()
    {
        [DateKind.RequestedShip] = "REQUESTED_SHIP",
        [DateKind.PlannedShip] = "PLANNED_SHIP",
        [DateKind.PromisedDelivery] = "PROMISED_DELIVERY",
        [DateKind.EstimatedDelivery] = "ESTIMATED_DELIVERY",
        [DateKind.ActualShip] = "ACTUAL_SHIP",
        [DateKind.ActualDelivery] = "ACTUAL_DELIVERY",
    };

    private static readonly Dictionary<string, DateKind> Kinds = Names.ToDictionary(entry => entry.Value, entry => entry.Key);

    public static string Of(DateKind kind) => Names[kind];

    public static DateKind Parse(string name) => Kinds[name];
}
