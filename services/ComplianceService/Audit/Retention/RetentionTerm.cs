using System.Globalization;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.ComplianceService.Shipments;

namespace OrderTracking.ComplianceService.Audit.Retention;

/// <summary>What the end of retention is counted from.</summary>
internal sealed record RetentionBasis(string Kind, DateOnly Date)
{
    public const string Export = "EXPORT";
    public const string Reexport = "REEXPORT";
    public const string EndOfDeal = "END_OF_DEAL";

    /// <summary>The shipment was cancelled or came back: nothing more happens in the transaction.</summary>
    public const string Closed = "CLOSED";
}

/// <summary>How long the records of a shipment are kept: five years from the latest of export, known re-export and end of the deal.</summary>
internal static class RetentionTerm
{
    public const int Years = 5;

    private const string SelectEvents = "select kind as Kind, event_date as Date from retention_events where shipment = @shipment order by seq";

    private const string SelectLastRecord = """
        select max(recorded_at) from audit_chain where shipment = @shipment and kind in ('DECISION', 'HOLD', 'RELEASE', 'PERMIT', 'LICENCE_MOVEMENT')
        """;

    /// <summary>The latest of what is known; null while the transaction is not over.</summary>
    public static RetentionBasis? Latest(IEnumerable<RetentionBasis> known) => known.MaxBy(basis => basis.Date);

    /// <summary>The last day the records must be kept.</summary>
    public static DateOnly Until(RetentionBasis basis) => basis.Date.AddYears(Years);

    public static async Task<RetentionBasis?> Of(Tx tx, KnownShipment shipment)
    {
        var name = Names.Shipment(shipment.Id);
        var known = new List<RetentionBasis>();
        if (shipment.DepartedDate is { } departed)
            known.Add(new RetentionBasis(RetentionBasis.Export, departed));
        if (shipment.Phase == ShipmentPhase.Closed && await tx.Scalar<string?>(SelectLastRecord, new { shipment = name }) is { } last)
            known.Add(new RetentionBasis(RetentionBasis.Closed, DateOnly.ParseExact(last.AsSpan(0, 10), "yyyy-MM-dd", CultureInfo.InvariantCulture)));
        // Goods that can still leave: no entry by hand starts the clock, or one person could erase what the gate rests on.
        if (known.Count == 0)
            return null;
        known.AddRange((await tx.Query<EventRow>(SelectEvents, new { shipment = name })).Select(row => new RetentionBasis(row.Kind, row.Date)));
        return Latest(known);
    }

    private sealed class EventRow
    {
        public string Kind { get; init; } = "";

        public DateOnly Date { get; init; }
    }
}
