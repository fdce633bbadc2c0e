using System.Globalization;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.ComplianceService.Decisions;
using OrderTracking.ComplianceService.Holds;
using OrderTracking.ComplianceService.Releases;
using OrderTracking.ComplianceService.Screening;
using OrderTracking.ComplianceService.Shipments;
using OrderTracking.ComplianceService.Telemetry;

namespace OrderTracking.ComplianceService.Permits;

/// <summary>Holds a reported departure against the permit: a permit is for one local date.</summary>
internal sealed class CheckDeparture(Judge judge, TimeProvider clock)
{
    public const string DepartedLate = "DEPARTED_LATE";
    public const string DepartedWithoutPermit = "DEPARTED_WITHOUT_PERMIT";

    /// <summary>Takes the departure date as reported now; a correction may have moved it, or withdrawn it.</summary>
    public async Task Run(Tx tx, KnownShipment shipment, string actor)
    {
        var now = clock.GetUtcNow();
        var holds = await HoldStore.OfShipment(tx, shipment.Id);
        if (shipment.DepartedDate is not { } departed)
        {
            await Correct(tx, holds, null, actor, now);
            var phase = await PermitStore.Granted(tx, shipment.Id) is null ? ShipmentPhase.Open : ShipmentPhase.Permitted;
            // Due at once: whatever was published while it counted as gone has not been looked at.
            await ShipmentStore.Update(tx, shipment with { Phase = phase, DecideAgainAt = now });
            return;
        }

        var gone = shipment with { Phase = ShipmentPhase.Departed, DecideAgainAt = null };
        var permit = await PermitStore.Newest(tx, shipment.Id);
        if (permit is { State: PermitState.Granted } && permit.ShipDate == departed)
        {
            await Correct(tx, holds, null, actor, now);
            await ShipmentStore.Update(tx, gone);
            return;
        }

        var verdict = await judge.Decide(tx, shipment.Facts, _ => departed);
        gone = await DecisionStore.Record(tx, gone, verdict, Occasion.Departure, actor);
        var (reason, explanation) = Judged(permit, departed, DispatchGate.Judge(verdict.Decision.Findings, holds, DayOf(verdict)));
        holds = await Correct(tx, holds, reason, actor, now);
        if (reason is not null && !holds.Any(hold => hold.Reason == reason))
            holds = await Open(tx, gone, verdict, reason, explanation, actor);
        DecisionSpans.Tell(tx, gone, verdict, holds);
        await ShipmentStore.Update(tx, gone);
    }

    /// <summary>The reason to hold a departure for, if any, and its explanation.</summary>
    public static (string? Reason, string Explanation) Judged(Permit? permit, DateOnly departed, GateVerdict gate)
    {
        var rules = gate.Obstacles.Count == 0 ? "no rule" : string.Join(", ", gate.Standing.Reasons);
        var day = departed.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        if (permit is null)
            return (DepartedWithoutPermit, $"The goods departed on {day} and no permit was ever granted. Against it on that day: {rules}.");
        if (permit.State == PermitState.Revoked)
            return (DepartedWithoutPermit, $"The goods departed on {day}; their permit is revoked. {permit.RevokeReason} Against it on that day: {rules}.");
        var granted = permit.ShipDate.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        if (departed < permit.ShipDate)
            return (DepartedWithoutPermit, $"The goods departed on {day}, before the {granted} of their permit. Against it on that day: {rules}.");
        return gate.Obstacles.Count == 0
            ? (null, "")
            : (DepartedLate, $"The permit is for {granted}. The goods departed on {day}, when a permit would be refused: {rules}.");
    }

    // A release ends with the day it names; what matters here is the day of departure, not today.
    private static Circumstances DayOf(Verdict verdict) => verdict.Circumstances with { Today = verdict.Circumstances.ShipDate };

    private static Task<IReadOnlyList<Hold>> Correct(Tx tx, IReadOnlyList<Hold> holds, string? keep, string actor, DateTimeOffset now)
    {
        var changes = holds
            .Where(hold => hold.Origin == HoldOrigin.Departure && hold.Reason != keep)
            .Select(hold => HoldBook.Void(hold, "The report of the departure was corrected.", now));
        return HoldKeeper.Apply(tx, holds, [.. changes], actor, now);
    }

    private static Task<IReadOnlyList<Hold>> Open(
        Tx tx, KnownShipment shipment, Verdict verdict, string reason, string explanation, string actor)
    {
        var ground = HoldGround.InWords(Effect.Review, explanation);
        var hold = HoldBook.New(HoldOrigin.Departure, reason, ground, ScreenShipment.Origins(shipment, verdict, actor));
        return HoldKeeper.Apply(tx, [], [new HoldChange(HoldChangeKind.Opened, hold, null, explanation)], actor, verdict.Now);
    }
}
