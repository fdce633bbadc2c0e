using OrderTracking.BuildingBlocks.Data;
using OrderTracking.ComplianceService.Holds;
using OrderTracking.ComplianceService.Rules;
using OrderTracking.ComplianceService.Shipments;

namespace OrderTracking.ComplianceService.Outlook.PullForwards;

/// <summary>
/// Keeps the plan of every consignee and holds what is pulled forward in unusual quantity for one of them, so that knowing the last lawful
/// date cannot be used to get goods out before a rule unseen.
/// </summary>
internal sealed class GuardPullForward(Knowledge knowledge, PullForwardOptions options)
{
    public const string Reason = "UNUSUAL_PULL_FORWARD";

    /// <summary>Takes a shipment's new plan, once its row is written and before it is screened.</summary>
    /// <param name="before">The shipment as it was known; null: it was not.</param>
    /// <returns>The shipment as it stands now: a hold may have been opened.</returns>
    public async Task<KnownShipment> Follow(Tx tx, KnownShipment? before, KnownShipment shipment, bool isCancelled, DateTimeOffset now)
    {
        // What has a permit left on the day it left, whatever its plan says.
        if (shipment.DepartedDate is not null || (shipment.Phase != ShipmentPhase.Open && !isCancelled))
            return shipment;
        var recorded = await PlanStore.OfShipment(tx, shipment.Id);
        var isFirst = recorded.Count == 0;
        if (isFirst && before is { Sequence: > 0 })
        {
            // Known before plans were kept: its plan so far is no news, and is not counted as such.
            recorded = Planned(before, before.PlannedShipDate);
            await Record(tx, shipment.Id, recorded, original: true, DateTimeOffset.MinValue);
            isFirst = false;
        }

        var changes = Changes(recorded, isCancelled ? [] : Planned(shipment, shipment.PlannedShipDate));
        await Record(tx, shipment.Id, changes, isFirst, now);
        return await Judge(tx, shipment, changes, [], now);
    }

    /// <summary>Looks at goods that are to leave before their planned day: that pulls them forward as much as a new plan would.</summary>
    /// <returns>The shipment as it stands now: a hold may have been opened.</returns>
    public async Task<KnownShipment> BeforeLeaving(Tx tx, KnownShipment shipment, DateOnly day, DateTimeOffset now)
    {
        var changes = await Earlier(tx, shipment, day);
        return changes.Count == 0 ? shipment : await Judge(tx, shipment, changes, changes, now);
    }

    /// <summary>Records that goods leave, where that is before their planned day.</summary>
    public static async Task Leave(Tx tx, KnownShipment shipment, DateOnly day, DateTimeOffset now) =>
        await Record(tx, shipment.Id, await Earlier(tx, shipment, day), original: false, now);

    // Held against the plan as recorded: a newer one may be on its way.
    private static async Task<IReadOnlyList<PlanPlace>> Earlier(Tx tx, KnownShipment shipment, DateOnly day)
    {
        var recorded = await PlanStore.OfShipment(tx, shipment.Id);
        return recorded.Any(place => place.Units > 0 && place.ShipDate > day) ? Changes(recorded, Planned(shipment, day)) : [];
    }

    private static PlanPlace[] Planned(KnownShipment shipment, DateOnly day) =>
    [
        .. Consignee.Of(shipment.Facts).Select(
            consignee => new PlanPlace { ConsigneeKey = consignee.Key, ShipDate = day, Units = shipment.Facts.Quantity ?? 0 }),
    ];

    private static List<PlanPlace> Changes(IEnumerable<PlanPlace> recorded, IEnumerable<PlanPlace> wanted) =>
    [
        .. wanted.Select(place => (Place: place, place.Units)).Concat(recorded.Select(place => (Place: place, Units: -place.Units)))
            .GroupBy(entry => (entry.Place.ConsigneeKey, entry.Place.ShipDate))
            .Select(same => new PlanPlace
            {
                ConsigneeKey = same.Key.ConsigneeKey,
                ShipDate = same.Key.ShipDate,
                Units = same.Sum(entry => entry.Units),
            })
            .Where(change => change.Units != 0),
    ];

    private static async Task Record(Tx tx, Guid shipment, IEnumerable<PlanPlace> changes, bool original, DateTimeOffset at)
    {
        foreach (var change in changes)
            await PlanStore.Insert(tx, new PlanChange(change.ConsigneeKey, shipment, change.ShipDate, change.Units, original ? 1 : 0, at));
    }

    /// <param name="changes">What this event changed.</param>
    /// <param name="unrecorded">What is to be counted although it is not recorded.</param>
    private async Task<KnownShipment> Judge(
        Tx tx, KnownShipment shipment, IReadOnlyList<PlanPlace> changes, IReadOnlyList<PlanPlace> unrecorded, DateTimeOffset now)
    {
        var isHeld = false;
        foreach (var key in changes.Select(change => change.ConsigneeKey).Distinct())
        {
            var mine = changes.Where(change => change.ConsigneeKey == key).ToList();
            var moves = await Moves(tx, shipment.Id, key, mine, [.. unrecorded.Where(change => change.ConsigneeKey == key)], now);
            var pulled = PulledForward.Of(moves);
            if (pulled.Sum(units => units.Units) <= options.UnitsMin || Caused(pulled, shipment.Id, mine) is not { } cause)
                continue;
            var consignee = Consignee.Of(shipment.Facts).FirstOrDefault(one => one.Key == key) ?? new Consignee(key, key, "");
            var measure = await Measure(tx, shipment, key, pulled, now);
            await PlanStore.Insert(tx, consignee, cause, measure, now);
            if (!measure.IsUnusual)
                continue;
            await Hold(tx, shipment.Id, pulled, await Explain(tx, shipment, consignee, cause, measure, now), now);
            isHeld = true;
        }

        return isHeld && await ShipmentStore.Find(tx, shipment.Id) is { } held
            ? held with { Revision = shipment.Revision, Facts = shipment.Facts }
            : shipment;
    }

    /// <summary>The plan's moves within the window; empty where they cannot come to anything, which is nearly always.</summary>
    private async Task<IReadOnlyList<PlanMove>> Moves(
        Tx tx, Guid shipment, string key, List<PlanPlace> changes, List<PlanPlace> unrecorded, DateTimeOffset now)
    {
        var since = now.AddDays(-options.WindowDays);
        var (units, last) = await PlanStore.Losses(tx, key, since);
        units += unrecorded.Sum(change => Math.Max(0, -change.Units));
        last = unrecorded.Where(change => change.Units < 0).Select(change => (DateOnly?)change.ShipDate).Append(last).Max();
        if (units <= options.UnitsMin || changes.TrueForAll(change => change.Units > 0 && change.ShipDate >= last))
            return [];
        var days = await PlanStore.Since(tx, key, since);
        return
        [
            .. days.Concat(unrecorded.Select(change => new PlanDay(shipment, change.ShipDate, 0, change.Units)))
                .GroupBy(day => (day.ShipmentId, day.ShipDate))
                .Select(same => new PlanDay(same.Key.ShipmentId, same.Key.ShipDate, same.Sum(day => day.Original), same.Sum(day => day.Moved)))
                .SelectMany(day => day.Moves()),
        ];
    }

    /// <summary>The most units this event has to do with: those the shipment carries now, or those that stood on a day it left.</summary>
    private static PulledUnits? Caused(IReadOnlyList<PulledUnits> pulled, Guid shipment, List<PlanPlace> changes)
    {
        var left = changes.Where(change => change.Units < 0).Select(change => change.ShipDate).ToHashSet();
        return pulled.Where(units => units.ShipmentId == shipment || left.Contains(units.FormerDate)).MaxBy(units => units.Units);
    }

    private async Task<PullForwardMeasure> Measure(
        Tx tx, KnownShipment shipment, string key, IReadOnlyList<PulledUnits> pulled, DateTimeOffset now)
    {
        var today = ShipDates.DateOf(now, shipment.TimeZone);
        var from = today.AddDays(-PullForwardMeasure.WindowsBack * options.WindowDays);
        var (units, first) = await PlanStore.Usual(tx, key, from, today);
        var usual = PullForwardMeasure.UsualOf(units, first, today, options.WindowDays);
        return new PullForwardMeasure(pulled.Sum(one => one.Units), usual, options);
    }

    private async Task<string> Explain(
        Tx tx, KnownShipment shipment, Consignee consignee, PulledUnits cause, PullForwardMeasure measure, DateTimeOffset now)
    {
        var head = await knowledge.Current(tx);
        return measure.Explain(consignee, cause, head.Decide(shipment.Facts, cause.FormerDate, head.KnownNow(now)).Outcome);
    }

    /// <summary>Holds all that was pulled forward and has no permit yet, for an officer to see together; what is held already stays as it is.</summary>
    private static async Task Hold(Tx tx, Guid shipment, IReadOnlyList<PulledUnits> pulled, string explanation, DateTimeOffset now)
    {
        foreach (var id in pulled.Select(units => units.ShipmentId).Distinct())
            if ((id == shipment || !await PlanStore.IsHeld(tx, id, Reason)) && await ShipmentStore.Find(tx, id) is { Phase: ShipmentPhase.Open } held)
                await CheckHolds.Open(tx, held, Reason, explanation, now);
    }
}
