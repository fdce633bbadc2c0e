using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Messaging;
using OrderTracking.ComplianceService.Decisions;
using OrderTracking.ComplianceService.Holds;
using OrderTracking.ComplianceService.Licences;
using OrderTracking.ComplianceService.Outlook.PullForwards;
using OrderTracking.ComplianceService.Shipments;
using OrderTracking.ComplianceService.Telemetry;
using OrderTracking.Contracts.Compliance;

namespace OrderTracking.ComplianceService.Permits;

/// <summary>Writes the permit, draws the licences, and voids the holds of rules that do not apply on the day of dispatch.</summary>
internal static class GrantPermit
{
    /// <param name="holds">The shipment's holds as this transaction has read them; deciding changed none of them.</param>
    public static async Task<DispatchOutcome> Run(
        Tx tx, KnownShipment decided, Verdict verdict, GateVerdict gate, IReadOnlyList<Hold> holds, DispatchRequest asked, string actor)
    {
        var origins = ScreenShipment.Origins(decided, verdict, actor);
        await HoldKeeper.Apply(
            tx, holds, HoldBook.After(holds, verdict.Decision.Findings, verdict.Circumstances, origins), actor, verdict.Now);
        var permit = New(decided, verdict, gate, asked);
        foreach (var licence in permit.LicenceIds)
            await LicenceStore.Draw(tx, licence, decided.Id, $"Drawn for {Names.Permit(permit.Id)}.", verdict.Now);
        await PermitStore.Insert(tx, permit);
        ComplianceMetrics.PermitIssued(tx);
        await GuardPullForward.Leave(tx, decided, permit.ShipDate, verdict.Now);
        await ShipmentStore.Update(tx, decided with
        {
            Phase = ShipmentPhase.Permitted,
            ScreenedRevision = decided.Revision,
            DecidedShipDate = permit.ShipDate,
            KnownVersion = verdict.Head.Version,
            DecideAgainAt = verdict.NextRecorded,
        });
        var id = Guid.CreateVersion7(verdict.Now);
        await Outbox.Add(
            tx,
            id,
            new PermitGranted(id, verdict.Now, actor, permit.Id, permit.ShipmentId, permit.OrderId, permit.DecisionId, permit.ShipDate),
            verdict.Now);
        return new DispatchOutcome.Granted(permit);
    }

    private static Permit New(KnownShipment decided, Verdict verdict, GateVerdict gate, DispatchRequest asked) => new()
    {
        Id = Guid.CreateVersion7(verdict.Now),
        RequestId = asked.RequestId,
        State = PermitState.Granted,
        ShipmentId = decided.Id,
        OrderId = decided.OrderId,
        ShipmentRevision = decided.Revision,
        ShipDate = verdict.Circumstances.ShipDate,
        FactsDigest = asked.FactsDigest,
        DecisionId = decided.DecisionId!.Value,
        LicenceIds = [.. gate.Authorisations.Select(authorisation => authorisation.LicenceId).Distinct()],
        CreatedAt = verdict.Now,
        UpdatedAt = verdict.Now,
    };
}
