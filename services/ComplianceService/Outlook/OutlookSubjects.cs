using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.ComplianceService.Screening;
using OrderTracking.ComplianceService.Shipments;
using OrderTracking.Wire;
using V1 = OrderTracking.Compliance.V1;

namespace OrderTracking.ComplianceService.Outlook;

/// <summary>What is asked about, and from which day on.</summary>
/// <param name="From">A calendar date at the place of export.</param>
/// <param name="Today">Today there.</param>
/// <param name="Shipment">The shipment the facts are of; null where facts were given.</param>
internal sealed record OutlookSubject(ShipmentFacts Facts, DateOnly From, DateOnly Today, KnownShipment? Shipment);

/// <summary>A question's subject as read from the request: the name of a shipment or facts, and the day stated with them.</summary>
internal sealed record SubjectAsked(Guid? Shipment, ShipmentFacts? Facts, DateOnly? Day);

/// <summary>Reads the subject of a question: a shipment compliance knows, or facts whose ship date may be absent.</summary>
internal sealed class OutlookSubjects(ComplianceDb db, TimeProvider clock)
{
    /// <summary>Stands in for a ship date that is not stated; no decision is made for it.</summary>
    private static readonly DateOnly NoDay = new(2000, 1, 1);

    /// <summary>Reads what the request names, with all that is wrong with it at once.</summary>
    public static SubjectAsked Parse(string shipment, V1.ShipmentFacts? facts, Violations violations)
    {
        if (facts is null && shipment.Length == 0)
            violations.Add("subject", OutlookReasons.SubjectMissing, null, "a shipment or facts");
        if (facts is null)
            return new SubjectAsked(shipment.Length == 0 ? null : WireName.Parse(shipment, Names.Shipments, "shipment", violations), null, null);
        var whole = facts.Clone();
        whole.ShipDate ??= WireDate.Of(NoDay);
        var parsed = FactsMapping.Parse(whole, "facts", violations);
        return new SubjectAsked(null, parsed, facts.ShipDate is null ? null : parsed?.ShipDate);
    }

    /// <summary>Finds the shipment, and the day to measure from: the one stated, the one it is decided for, or today.</summary>
    /// <exception cref="Refusal">SHIPMENT_UNKNOWN.</exception>
    public async Task<OutlookSubject> Find(SubjectAsked asked, CancellationToken cancellation)
    {
        if (asked.Facts is { } facts)
        {
            var there = TodayAt(facts);
            var from = asked.Day ?? there;
            return new OutlookSubject(facts with { ShipDate = from }, from, there, null);
        }

        var shipment = await db.Read(tx => ShipmentStore.Find(tx, asked.Shipment!.Value), cancellation)
            ?? throw new Refusal(ComplianceReasons.ShipmentUnknown, $"{Names.Shipment(asked.Shipment!.Value)} is not known to compliance.");
        var today = TodayAt(shipment.Facts);
        return new OutlookSubject(shipment.Facts, ShipDates.Effective(shipment.PlannedShipDate, today), today, shipment);
    }

    private DateOnly TodayAt(ShipmentFacts facts) => ShipDates.DateOf(clock.GetUtcNow(), facts.PlaceOfExport.TimeZone);
}
