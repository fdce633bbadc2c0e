namespace OrderTracking.TestKit;

/// <summary>
/// What must be true of a system at rest, whatever happened to it before, read from its files. Each query finds what breaks one promise.
/// </summary>
public static class Invariants
{
    private static readonly (string Promise, string Breaches)[] Promises =
    [
        ("a shipment has at most one permit that counts", """
            select shipment from compliance.permits where state = 'GRANTED' group by shipment having count(*) > 1
            """),
        ("what left has a permit for the very facts it left with", """
            select s.id from shipments.shipments s
            left join compliance.permits p
                on p.permit_id = s.permit_id and p.shipment = 'shipments/' || s.id and p.shipment_revision = s.revision
            where s.state in ('DISPATCHED', 'IN_TRANSIT', 'DELIVERED', 'RECALLED') and p.permit_id is null
            """),
        ("the permit of what left is for facts equal to its own", """
            select a.shipment_id from shipments.dispatch_attempts a
            left join compliance.permits p on p.request_id = a.id and p.shipment = 'shipments/' || a.shipment_id
            where a.state = 'GRANTED' and (p.permit_id is null or a.facts_digest is null or p.facts_digest <> a.facts_digest)
            union all
            select s.id from shipments.shipments s join compliance.shipments c on c.shipment_id = s.id and c.revision = s.revision
            where s.state in ('DISPATCHED', 'IN_TRANSIT', 'DELIVERED', 'RECALLED')
                and (json_extract(c.facts, '$.Item.PartNumber') <> s.part_number
                    or json_extract(c.facts, '$.Quantity') <> s.quantity
                    or json_extract(c.facts, '$.DestinationCountry') <> s.destination_country
                    or json_extract(c.facts, '$.Exporter') <> s.exporter
                    or json_extract(c.facts, '$.Movement') <> s.movement
                    or json_extract(c.facts, '$.ShipDate') <> s.planned_ship_date
                    or json_extract(c.facts, '$.Value.MinorUnits') <> s.unit_price_minor_units * s.quantity
                    or json_array_length(c.facts, '$.Parties') <> json_array_length(s.parties))
            """),
        ("what counts as permitted has left", """
            select p.shipment from compliance.permits p
            join shipments.shipments s on p.shipment = 'shipments/' || s.id
            where p.state = 'GRANTED'
                and (s.state not in ('DISPATCHED', 'IN_TRANSIT', 'DELIVERED') or s.permit_id is null or s.permit_id <> p.permit_id)
            """),
        ("what was recalled has no permit that counts", """
            select s.id from shipments.shipments s join compliance.permits p on p.permit_id = s.permit_id
            where s.state = 'RECALLED' and p.state <> 'REVOKED'
            """),
        ("every dispatch ends", """
            select id from shipments.dispatch_attempts where state = 'OPEN'
            union all select id from shipments.shipments where state = 'DISPATCHING'
            """),
        ("every accepted order is planned, in its last revision", """
            select o.id from orders.orders o left join shipments.planned_orders p on p.order_name = 'orders/' || o.id
            where p.order_name is null or p.revision <> o.revision
            """),
        ("the shipments of a line carry what was ordered", """
            select l.order_name || ' line ' || l.number from shipments.planned_order_lines l
            join shipments.planned_orders p on p.order_name = l.order_name and p.cancelled = 0
            left join shipments.shipments s on s.order_name = l.order_name and s.line_number = l.number and s.state <> 'CANCELLED'
            group by l.order_name, l.number, l.quantity having coalesce(sum(s.quantity), 0) <> l.quantity
            """),
        ("nothing of a cancelled order is left to leave", """
            select s.id from shipments.shipments s join shipments.planned_orders p on p.order_name = s.order_name
            where p.cancelled = 1 and s.state in ('PLANNED', 'HELD', 'BLOCKED', 'READY', 'DISPATCHING')
            """),
        ("compliance knows the newest facts of every shipment and has screened them", """
            select s.id from shipments.shipments s left join compliance.shipments c on c.shipment_id = s.id
            where c.shipment_id is null or c.revision <> s.revision or (c.phase = 'OPEN' and c.screened_revision <> s.revision)
            """),
        ("the order service knows the newest state of every shipment", """
            select s.id from shipments.shipments s left join orders.order_shipments o on o.shipment_id = s.id
            where o.shipment_id is null or o.revision <> s.revision
            """),
        ("no change of an order is left hanging", "select order_id from orders.order_changes_pending"),
        ("a licence is used as its uses say", """
            select l.licence_id || ' line ' || l.number from compliance.licence_lines l
            left join compliance.licence_uses u on u.licence_id = l.licence_id and u.line_number = l.number
            group by l.licence_id, l.number, l.reserved_quantity, l.drawn_quantity
            having l.reserved_quantity <> sum(case when u.state = 'RESERVED' then u.quantity else 0 end)
                or l.drawn_quantity <> sum(case when u.state = 'DRAWN' then u.quantity else 0 end)
            """),
        ("no event waits and none died", """
            select type from orders.outbox where published_at is null
            union all select type from shipments.outbox where published_at is null
            union all select type from compliance.outbox where published_at is null
            union all select type from orders.dead_letters
            union all select type from shipments.dead_letters
            union all select type from compliance.dead_letters
            union all select type from orders.redeliveries
            union all select type from shipments.redeliveries
            union all select type from compliance.redeliveries
            """),
    ];

    /// <summary>What is broken, a line a breach; empty when all is well.</summary>
    public static IReadOnlyList<string> Breaches(DataFiles files) =>
        [.. Promises.SelectMany(promise => files.Query<string>(promise.Breaches).Select(breach => $"not so: {promise.Promise}: {breach}"))];

    /// <summary>Waits until the system has come to rest with every promise kept.</summary>
    /// <exception cref="TimeoutException">Something is broken after the deadline; names it.</exception>
    public static async Task Hold(string dataDirectory, TimeSpan? deadline = null)
    {
        using var files = new DataFiles(dataDirectory);
        IReadOnlyList<string> breaches = [];
        try
        {
            await Eventually.Becomes(
                "the system is at rest and keeps its promises",
                () => Task.FromResult((breaches = Breaches(files)).Count == 0),
                deadline ?? TimeSpan.FromSeconds(60));
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"{breaches.Count} promises are broken:\n{string.Join('\n', breaches.Take(20))}");
        }
    }
}
