using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.Wire;

namespace OrderTracking.ShipmentService.Shipments;

/// <summary>Refuses what a shipment's state does not allow, each time with the same reason.</summary>
internal static class ShipmentGuards
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    /// <summary>Its facts may change.</summary>
    public static void RequireOpen(Shipment shipment)
    {
        if (!shipment.IsOpen)
            throw NotOpen(shipment);
    }

    /// <summary>It left our hands and did not come back.</summary>
    public static void RequireAway(Shipment shipment)
    {
        if (shipment.State == ShipmentState.Returned)
            throw NotOpen(shipment);
        RequireGone(shipment);
    }

    /// <summary>It left our hands; it may have come back since.</summary>
    public static void RequireGone(Shipment shipment)
    {
        if (shipment.IsOpen)
            throw Refuse(ShipmentReasons.ShipmentNotDispatched, shipment, "has not been dispatched");
        if (!shipment.IsGone)
            throw NotOpen(shipment);
    }

    /// <summary>It may be dispatched.</summary>
    public static void RequireReady(Shipment shipment)
    {
        RequireOpen(shipment);
        if (shipment.State == ShipmentState.Ready)
            return;
        throw new Refusal(ShipmentReasons.ShipmentNotReady, $"{NameOf(shipment)} is {StateNames.Of(shipment.State)} and may not leave.")
        {
            Metadata = MetadataOf(shipment),
            PreconditionViolations = [.. NotReadyViolations(shipment)],
        };
    }

    public static Refusal Dispatching(Shipment shipment) => new(
        ShipmentReasons.ShipmentDispatching, $"{NameOf(shipment)} is being dispatched; repeat once that has ended.")
    {
        Metadata = MetadataOf(shipment),
        RetryDelay = RetryAfter,
    };

    private static Refusal NotOpen(Shipment shipment) => shipment.State switch
    {
        ShipmentState.Dispatching => Dispatching(shipment),
        ShipmentState.Cancelled => Refuse(ShipmentReasons.ShipmentCancelled, shipment, "was cancelled"),
        ShipmentState.Returned => Refuse(ShipmentReasons.ShipmentReturned, shipment, "came back"),
        _ => Refuse(ShipmentReasons.ShipmentAlreadyDispatched, shipment, "has been dispatched already"),
    };

    private static IEnumerable<PreconditionViolation> NotReadyViolations(Shipment shipment)
    {
        var state = StateNames.Of(shipment.State);
        if (shipment.Reasons.Count == 0)
        {
            var isUndecided = shipment.State == ShipmentState.Planned;
            var what = isUndecided ? "Compliance has not decided about this revision yet." : "Compliance named no reason.";
            return [new PreconditionViolation(state, NameOf(shipment), what)];
        }

        return shipment.Reasons.Select(
            reason => new PreconditionViolation(state, reason, $"{reason} keeps the shipment from leaving until it is settled."));
    }

    private static Refusal Refuse(Reason reason, Shipment shipment, string what) =>
        new(reason, $"{NameOf(shipment)} {what}.") { Metadata = MetadataOf(shipment) };

    private static Dictionary<string, string> MetadataOf(Shipment shipment) => new()
    {
        ["shipment"] = NameOf(shipment),
        ["state"] = StateNames.Of(shipment.State),
    };

    private static string NameOf(Shipment shipment) => WireName.Of("shipments", shipment.Id);
}
