using Grpc.Core;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.ComplianceService.Rules;
using OrderTracking.ComplianceService.Shipments;
using OrderTracking.Wire;
using V1 = OrderTracking.Compliance.V1;

namespace OrderTracking.ComplianceService.Audit.Retention;

/// <summary>Records a re-export, or the end of a deal. The latest of all counts, so a later one keeps the records longer.</summary>
internal sealed class RecordRetentionEvent(ComplianceDb db, TimeProvider clock)
{
    public const int NoteCharactersMax = 2_000;
    private const string Action = "retention.record";

    private const string InsertSql = """
        insert into retention_events (event_id, shipment, kind, event_date, note, recorded_by, created_at)
        values (@Id, @Shipment, @Kind, @Date, @Note, @Actor, @Now)
        """;

    public Task<V1.Retention> Run(V1.RecordRetentionEventRequest request, ServerCallContext context)
    {
        var actor = context.Actor();
        var violations = new Violations();
        var id = WireName.Parse(request.Shipment, Names.Shipments, "shipment", violations);
        if (request.Kind is not (RetentionBasis.Reexport or RetentionBasis.EndOfDeal))
            violations.Add(
                "kind", AuditReasons.RetentionKindUnknown, request.Kind, $"{RetentionBasis.Reexport} or {RetentionBasis.EndOfDeal}");
        var date = WireDate.Parse(request.EventDate, "event_date", violations);
        var note = WireText.Parse(request.Note, "note", NoteCharactersMax, violations);
        violations.ThrowIfAny();
        return db.Write(
            tx => Requests.Once(
                tx, context.Method, request.RequestId, actor, request, clock.GetUtcNow(),
                () => Record(tx, id!.Value, request.Kind, date!.Value, note!, actor.Subject)),
            context.CancellationToken,
            request.ValidateOnly);
    }

    private async Task<V1.Retention> Record(Tx tx, Guid id, string kind, DateOnly date, string note, string actor)
    {
        var now = clock.GetUtcNow();
        var shipment = await ReadRetention.Shipment(tx, id);
        if (date > ShipDates.DateOf(now, shipment.TimeZone))
            Violations.Throw("event_date", AuditReasons.RetentionDateInFuture, Canonical.Date(date), "today at the place of export, or before");
        var name = Names.Shipment(id);
        await tx.Execute(
            InsertSql, new { Id = Guid.CreateVersion7(now), Shipment = name, Kind = kind, Date = date, Note = note, Actor = actor, Now = now });
        await AuditLog.Record(tx, actor, Action, name, AuditLog.Done, $"{kind} {date:yyyy-MM-dd}: {note}", now);
        return await ReadRetention.Of(tx, shipment);
    }
}
