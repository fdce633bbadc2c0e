namespace OrderTracking.Contracts.Orders;

/// <summary>An order as of one revision.</summary>
/// <param name="Movement">EXPORT, REEXPORT or TRANSFER.</param>
/// <param name="Documents">Null in events written before they carried any.</param>
public sealed record OrderSnapshot(
    Guid OrderId,
    long Revision,
    string Exporter,
    IReadOnlyList<PartyFacts> Parties,
    string DestinationCountry,
    string PlaceOfExportCountry,
    string PlaceOfExportTimeZone,
    string Movement,
    IReadOnlyList<OrderLineSnapshot> Lines,
    IReadOnlyList<OrderDocument>? Documents = null);

/// <summary>A document of the transaction, by its number as printed.</summary>
/// <param name="Kind">A name of ordertracking.type.v1.DocumentReference.Kind.</param>
public sealed record OrderDocument(string Kind, string Number);

/// <summary>A line of an order; the requested ship date is a date at the place of export.</summary>
public sealed record OrderLineSnapshot(int Number, ItemReference Item, long Quantity, MoneyAmount UnitPrice, DateOnly RequestedShipDate);

/// <summary>An order was accepted.</summary>
public sealed record OrderPlaced(Guid EventId, DateTimeOffset EventTime, string Actor, OrderSnapshot Order);

/// <summary>An order was changed; shipments have taken the change already.</summary>
public sealed record OrderAmended(Guid EventId, DateTimeOffset EventTime, string Actor, string? Reason, OrderSnapshot Order);

/// <summary>An order was cancelled; what had not left is cancelled already.</summary>
public sealed record OrderCancelled(Guid EventId, DateTimeOffset EventTime, string Actor, string Reason, Guid OrderId, long Revision);
