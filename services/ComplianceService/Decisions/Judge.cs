using System.Diagnostics;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.ComplianceService.Releases;
using OrderTracking.ComplianceService.Rules;
using OrderTracking.ComplianceService.Screening;
using OrderTracking.ComplianceService.Shipments;
using OrderTracking.ComplianceService.Telemetry;

namespace OrderTracking.ComplianceService.Decisions;

/// <summary>What was decided about a shipment, before anything of it is stored.</summary>
internal sealed record Verdict(Decision Decision, Circumstances Circumstances, KnowledgeHead Head, DateTimeOffset Now)
{
    public DateOnly Today => Circumstances.Today;

    /// <summary>When something recorded, but not known yet, becomes known; null: nothing waits.</summary>
    public DateTimeOffset? NextRecorded => Head.NextRecordedAfter(Decision.KnownAt);
}

/// <summary>Brings the clock and what is recorded to the pure function.</summary>
internal sealed class Judge(Knowledge knowledge, TimeProvider clock)
{
    /// <summary>Decides with everything recorded as this transaction sees it.</summary>
    /// <param name="dayOf">The ship date to decide for, from today at the place of export.</param>
    public async Task<Verdict> Decide(Tx tx, ShipmentFacts facts, Func<DateOnly, DateOnly> dayOf)
    {
        var started = Stopwatch.GetTimestamp();
        var head = await knowledge.Current(tx);
        // Read inside the transaction: an instant taken earlier may lie before an amendment that was committed since.
        var verdict = Decide(head, clock.GetUtcNow(), facts, dayOf);
        ComplianceMetrics.Took(started, verdict.Decision.Outcome);
        return verdict;
    }

    /// <summary>Decides with what a head holds, at an instant read after it.</summary>
    public static Verdict Decide(KnowledgeHead head, DateTimeOffset now, ShipmentFacts facts, Func<DateOnly, DateOnly> dayOf)
    {
        var today = ShipDates.DateOf(now, facts.PlaceOfExport.TimeZone);
        var shipDate = dayOf(today);
        var decision = head.Decide(facts, shipDate, head.KnownNow(now));
        var bound = FactsBinding.Of(facts, decision.ItemUsed);
        var circumstances = new Circumstances(FactsBinding.DigestOf(bound), shipDate, today, bound, decision.GoverningAmendments);
        return new Verdict(decision, circumstances, head, now);
    }

    /// <summary>Decides for the planned day, or for today once that has gone by.</summary>
    public Task<Verdict> Decide(Tx tx, KnownShipment shipment) =>
        Decide(tx, shipment.Facts, today => ShipDates.Effective(shipment.PlannedShipDate, today));
}
