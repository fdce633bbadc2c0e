namespace OrderTracking.ShipmentService;

/// <summary>What one shipment or order may hold at most. Limits every service shares are in Wire.</summary>
internal static class ShipmentLimits
{
    /// <summary>Characters of a carrier's name.</summary>
    public const int CarrierCharactersMax = 100;

    /// <summary>Characters of a tracking number.</summary>
    public const int TrackingNumberCharactersMax = 100;

    /// <summary>Characters of who or what gave a new date.</summary>
    public const int SourceCharactersMax = 200;

    /// <summary>Characters of a milestone's location.</summary>
    public const int LocationCharactersMax = 200;

    /// <summary>Milestones of one shipment, superseded ones counted: a shipment is answered whole.</summary>
    public const int MilestonesMax = 200;

    /// <summary>Changes of dates of one shipment that callers may make.</summary>
    public const int DateChangesMax = 500;

    /// <summary>Shipments of one order, cancelled ones counted: a change of an order is taken in one transaction.</summary>
    public const int ShipmentsPerOrderMax = 2_000;

    /// <summary>Dispatches that are resumed at the same time.</summary>
    public const int ResumedDispatchesMax = 8;

    /// <summary>Changes a watching caller is sent from one reading of the database.</summary>
    public const int WatchBatchRowsMax = 200;

    /// <summary>The earliest instant anything may have happened to a shipment.</summary>
    public static readonly DateTimeOffset EventTimeMin = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
}
