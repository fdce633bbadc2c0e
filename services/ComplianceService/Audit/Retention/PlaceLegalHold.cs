using Grpc.Core;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.Wire;
using V1 = OrderTracking.Compliance.V1;

namespace OrderTracking.ComplianceService.Audit.Retention;

/// <summary>Keeps the records of a shipment whatever the day: one person is enough to keep.</summary>
internal sealed class PlaceLegalHold(ComplianceDb db, TimeProvider clock)
{
    private const string Action = "legal_holds.place";

    public Task<V1.LegalHold> Run(V1.PlaceLegalHoldRequest request, ServerCallContext context)
    {
        var actor = context.Actor();
        var violations = new Violations();
        var id = WireName.Parse(request.Shipment, Names.Shipments, "shipment", violations);
        var reason = WireText.Parse(request.Reason, "reason", RecordRetentionEvent.NoteCharactersMax, violations);
        violations.ThrowIfAny();
        return db.Write(
            tx => Requests.Once(
                tx, context.Method, request.RequestId, actor, request, clock.GetUtcNow(), () => Place(tx, id!.Value, reason!, actor.Subject)),
            context.CancellationToken,
            request.ValidateOnly);
    }

    private async Task<V1.LegalHold> Place(Tx tx, Guid id, string reason, string actor)
    {
        var now = clock.GetUtcNow();
        var shipment = Names.Shipment((await ReadRetention.Shipment(tx, id)).Id);
        if (await LegalHolds.Standing(tx, shipment) is { } standing)
            throw new Refusal(AuditReasons.LegalHoldAlreadyPlaced, $"{standing.Name} keeps the records of {shipment} already.")
            {
                Metadata = new Dictionary<string, string> { ["legal_hold"] = standing.Name },
            };
        var row = new LegalHoldRow
        {
            Id = Guid.CreateVersion7(now),
            Shipment = shipment,
            State = Codes<LegalHoldState>.Of(LegalHoldState.Placed),
            Reason = reason,
            PlacedBy = actor,
            CreatedAt = now,
            UpdatedAt = now,
        };
        await LegalHolds.Insert(tx, row);
        await AuditLog.Record(tx, actor, Action, shipment, AuditLog.Done, $"{row.Name}: {reason}", now);
        return row.ToMessage();
    }
}
