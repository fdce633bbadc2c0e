using OrderTracking.Contracts.Orders;
using OrderTracking.OrderService.Shipments;

namespace OrderTracking.OrderService.Orders;

/// <summary>An order with the shipments that carry it.</summary>
internal sealed record Order(
    Guid Id,
    long Revision,
    bool Cancelled,
    OrderContent Content,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    IReadOnlyList<ShipmentView> Shipments)
{
    /// <summary>Units by where they stand.</summary>
    public UnitCounts Units => Derive(Content.Lines, Cancelled, Shipments);

    /// <summary>
    /// Counts the units of an order by where they stand; the state follows from the counts alone. Pure, and the same for shipments
    /// in any order.
    /// </summary>
    /// <remarks>
    /// Units no shipment carries are planned ones still to come, unless shipments of the line were cancelled: then they are those.
    /// After a cancellation of the order everything that had not left is cancelled, whether or not its event has come yet.
    /// </remarks>
    public static UnitCounts Derive(IReadOnlyList<OrderLineSnapshot> lines, bool cancelled, IReadOnlyList<ShipmentView> shipments)
    {
        // Every order is placed without any.
        if (shipments.Count == 0)
            return OfLine(lines.Sum(line => line.Quantity), cancelled, []);
        var known = shipments.Where(shipment => shipment.IsKnown).ToLookup(shipment => shipment.LineNumber);
        var counts = new UnitCounts();
        foreach (var line in lines)
            counts = counts.Plus(OfLine(line.Quantity, cancelled, known[line.Number]));
        var numbers = lines.Select(line => line.Number).ToHashSet();
        // A line that was taken out of the order: what has left of it has left, and what is being cancelled is no longer ordered.
        foreach (var orphans in known.Where(group => !numbers.Contains(group.Key)))
            counts = counts.Plus(OfLine(0, cancelled: true, orphans));
        return counts;
    }

    private static UnitCounts OfLine(long ordered, bool cancelled, IEnumerable<ShipmentView> shipments)
    {
        var counts = new UnitCounts { Ordered = ordered };
        long carried = 0, withdrawn = 0;
        foreach (var shipment in shipments)
        {
            if (shipment.State == ShipmentView.Cancelled || (cancelled && !shipment.HasLeft))
            {
                withdrawn += shipment.Quantity;
                continue;
            }

            carried += shipment.Quantity;
            counts = counts.With(shipment.State, shipment.Quantity);
        }

        var missing = Math.Max(0, ordered - carried);
        var gone = cancelled ? missing : Math.Min(withdrawn, missing);
        return counts with { Cancelled = gone, Planned = counts.Planned + missing - gone };
    }
}
