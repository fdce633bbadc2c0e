using Grpc.Core;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.ComplianceService.Audit.Chain;
using OrderTracking.ComplianceService.Shipments;
using OrderTracking.Wire;
using V1 = OrderTracking.Compliance.V1;

namespace OrderTracking.ComplianceService.Audit.Retention;

/// <summary>
/// Erases what was kept about a shipment once its time is over: the bodies of its decisions and the texts beside the chain. The entries
/// stay with their digests, and one more says what was erased and by whom.
/// </summary>
internal sealed class PurgeRecords(ComplianceDb db, TimeProvider clock)
{
    private const string Action = "records.purge";

    private const string SelectSubjects = """
        select distinct subject from audit_chain where shipment = @shipment and payload_digest <> '' and kind <> 'PURGE'
        """;

    private const string InsertErased = "insert into erased_records (subject, shipment, erased_at) values (@subject, @shipment, @now)";

    private const string DeleteDecisions = "delete from decisions where shipment = @shipment";

    private const string DeletePayloads = """
        delete from audit_payloads where seq in (select seq from audit_chain where shipment = @shipment and kind <> 'PURGE')
        """;

    public Task<V1.Retention> Run(V1.PurgeRecordsRequest request, ServerCallContext context)
    {
        var actor = context.Actor();
        var id = WireName.Require(request.Shipment, Names.Shipments, "shipment");
        return RefusalAudit.Guard(db, clock, actor, Action, request.Shipment, request.ValidateOnly, () => db.Write(
            tx => Requests.Once(
                tx, context.Method, request.RequestId, actor, request, clock.GetUtcNow(), () => Purge(tx, id, actor.Subject)),
            context.CancellationToken,
            request.ValidateOnly));
    }

    private async Task<V1.Retention> Purge(Tx tx, Guid id, string actor)
    {
        var now = clock.GetUtcNow();
        var shipment = await ReadRetention.Shipment(tx, id);
        var name = Names.Shipment(id);
        if (await ReadRetention.IsErased(tx, name))
            throw new Refusal(AuditReasons.RecordsErased, $"The records of {name} are erased.");
        await RequireOver(tx, shipment, ShipDates.DateOf(now, shipment.TimeZone));
        var subjects = await tx.Query<string>(SelectSubjects, new { shipment = name });
        await AuditChain.Append(
            tx,
            new ChainRecord(ChainKind.Purge, name, actor, Action, AuditLog.Done)
            {
                Shipment = name,
                Order = Names.Order(shipment.OrderId),
                Detail = $"{subjects.Count} records",
                Payload = ErasedRecords.Text(subjects),
            },
            now);
        foreach (var subject in subjects)
            await tx.Execute(InsertErased, new { subject, shipment = name, now });
        await tx.Execute(DeleteDecisions, new { shipment = name });
        await tx.Execute(DeletePayloads, new { shipment = name });
        return await ReadRetention.Of(tx, shipment);
    }

    private static async Task RequireOver(Tx tx, KnownShipment shipment, DateOnly today)
    {
        var name = Names.Shipment(shipment.Id);
        if (await LegalHolds.Standing(tx, name) is { } hold)
            throw new Refusal(AuditReasons.RecordsUnderLegalHold, $"{hold.Name} keeps the records of {name}.")
            {
                Metadata = new Dictionary<string, string> { ["legal_hold"] = hold.Name },
            };
        var basis = await RetentionTerm.Of(tx, shipment)
            ?? throw new Refusal(AuditReasons.RetentionNotOver, $"The transaction of {name} is not over.");
        var until = RetentionTerm.Until(basis);
        if (today <= until)
            throw new Refusal(AuditReasons.RetentionNotOver, $"The records of {name} are kept until {until:yyyy-MM-dd}.")
            {
                Metadata = new Dictionary<string, string> { ["retain_until"] = until.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) },
            };
    }
}
