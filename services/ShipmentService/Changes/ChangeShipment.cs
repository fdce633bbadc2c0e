using System.Globalization;
using Google.Protobuf;
using Grpc.Core;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.ShipmentService.Shipments;
using OrderTracking.Wire;

namespace OrderTracking.ShipmentService.Changes;

/// <summary>A call that changes one shipment, as far as all such calls are alike.</summary>
internal sealed record ShipmentCall(
    IMessage Request, Guid ShipmentId, string Etag, string RequestId, bool ValidateOnly, ServerCallContext Context);

/// <summary>Loads a shipment, lets a pure function decide, saves its steps: one transaction, once a request_id.</summary>
internal sealed class ChangeShipment(ShipmentsDb db, SaveShipment save, TimeProvider clock)
{
    public Task<TResponse> Run<TResponse>(
        ShipmentCall call,
        Func<Shipment, Stamp, IReadOnlyList<ShipmentStep>> decide,
        Func<Shipment, IReadOnlyList<ShipmentStep>, TResponse> answer)
        where TResponse : class, IMessage<TResponse>, new() =>
        db.Write(
            tx =>
            {
                var actor = call.Context.Actor();
                var stamp = new Stamp(clock.GetUtcNow(), actor.Subject);
                return Requests.Once(tx, call.Context.Method, call.RequestId, actor, call.Request, stamp.Now, async () =>
                {
                    var shipment = await ShipmentStore.Require(tx, call.ShipmentId);
                    Etag.Require(call.Etag, shipment.Sequence, strict: false);
                    var steps = decide(shipment, stamp);
                    await save.Run(tx, steps);
                    return answer(steps.Count == 0 ? shipment : steps[0].After, steps);
                });
            },
            call.Context.CancellationToken,
            call.ValidateOnly);

    /// <summary>Refuses a planned ship date that is over at the place of export.</summary>
    public static void RequireNotPast(Shipment shipment, DateOnly? plannedShipDate, DateTimeOffset now)
    {
        var today = shipment.Terms.DateAt(now);
        if (plannedShipDate is { } date && date < today)
            Violations.Throw(
                "planned_ship_date",
                ShipmentReasons.ShipDateInPast,
                date.ToString("O", CultureInfo.InvariantCulture),
                string.Create(CultureInfo.InvariantCulture, $"today at the place of export ({today:O}) or later"));
    }

    /// <summary>Reads the reason that every change a person asks for must have.</summary>
    public static string ParseReason(string reason, Violations violations) =>
        WireText.Parse(reason, "reason", Limits.ReasonCharactersMax, violations) ?? "";

    /// <summary>Reads the name of the shipment.</summary>
    public static Guid ParseName(string name, Violations violations) => WireName.Parse(name, "shipments", "name", violations) ?? Guid.Empty;
}
