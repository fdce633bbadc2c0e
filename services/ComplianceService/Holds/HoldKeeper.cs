using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Messaging;
using OrderTracking.BuildingBlocks.Telemetry;
using OrderTracking.ComplianceService.Licences;
using OrderTracking.ComplianceService.Releases;
using OrderTracking.Contracts.Compliance;
using OrderTracking.Wire;

namespace OrderTracking.ComplianceService.Holds;

/// <summary>Writes what happened to a shipment's holds, tells it, and gives licences back that nothing rests on any more.</summary>
internal static class HoldKeeper
{
    /// <param name="holds">The shipment's holds before.</param>
    /// <returns>The shipment's holds after.</returns>
    public static async Task<IReadOnlyList<Hold>> Apply(
        Tx tx, IReadOnlyList<Hold> holds, IReadOnlyList<HoldChange> changes, string actor, DateTimeOffset now)
    {
        var before = holds.ToDictionary(hold => hold.Id);
        foreach (var change in changes)
        {
            if (change.EndedRelease is { } ended)
                await ReleaseStore.Update(tx, ended);
            if (change.Proposed is { } proposed)
                await ReleaseStore.Insert(tx, proposed);
            await (change.Kind == HoldChangeKind.Opened ? HoldStore.Insert(tx, change.Hold) : HoldStore.Update(tx, change.Hold));
            if (change.Proposed is { } asked)
                await ReleaseNews.Proposed(tx, asked, change.Hold, now);
            await Tell(tx, change, before.GetValueOrDefault(change.Hold.Id), actor, now);
        }

        Spans.TagWhenCommitted(tx, SpanKeys.Hold, [.. changes.Select(change => change.Hold.Id.ToString("D"))]);
        Spans.TagWhenCommitted(tx, SpanKeys.Shipment, [.. changes.Select(change => change.Hold.ShipmentId.ToString("D"))]);
        Spans.TagWhenCommitted(tx, SpanKeys.Order, [.. changes.Select(change => change.Hold.OrderId.ToString("D"))]);
        var after = HoldBook.Apply(holds, changes);
        await GiveBack(tx, changes, after, now);
        return after;
    }

    private static async Task Tell(Tx tx, HoldChange change, Hold? before, string actor, DateTimeOffset now)
    {
        var (hold, id) = (change.Hold, Guid.CreateVersion7(now));
        if (change.Kind == HoldChangeKind.Voided)
            await Outbox.Add(tx, id, new HoldVoided(id, now, actor, hold.Id, hold.ShipmentId, hold.OrderId, hold.Reason, change.Why), now);

        // A proposal that ended never let the shipment go: nothing new holds it.
        if (change.Kind == HoldChangeKind.Opened || (change.Kind == HoldChangeKind.Reopened && before?.State == HoldState.Settled))
            await Outbox.Add(
                tx, id, new HoldOpened(id, now, actor, hold.Id, hold.ShipmentId, hold.OrderId, hold.Reason, hold.Ground.Explanation), now);
        if (change.EndedRelease is { State: ReleaseState.Voided or ReleaseState.Expired } ended)
            await Tell(tx, hold, ended, actor, now);
    }

    // Who let it go hears that it is held again, and why. The system's own proposals concern nobody.
    private static async Task Tell(Tx tx, Hold hold, Release ended, string actor, DateTimeOffset now)
    {
        string[] people = [.. new[] { ended.ProposedBy, ended.DecidedBy }.Where(person => person is not ("" or Clearance.Proposer)).Distinct()];
        if (people.Length == 0)
            return;
        var id = Guid.CreateVersion7(now);
        var voided = new ReleaseVoided(
            id, now, actor, ended.Id, hold.Id, hold.ShipmentId, hold.OrderId, hold.Reason, Codes<ReleaseState>.Of(ended.State), people,
            ended.CloseReason, [.. ended.Changes.Select(change => change.ToString())]);
        await Outbox.Add(tx, id, voided, now);
    }

    private static async Task GiveBack(Tx tx, IReadOnlyList<HoldChange> changes, IReadOnlyList<Hold> after, DateTimeOffset now)
    {
        var needed = after.Select(hold => hold.ActiveRelease).OfType<Release>()
            .Where(release => release.State == ReleaseState.Approved)
            .Select(release => release.LicenceId)
            .ToHashSet();
        foreach (var change in changes)
            if (change.EndedRelease?.LicenceId is { } licence && needed.Add(licence))
                await LicenceStore.GiveBack(tx, licence, change.Hold.ShipmentId, change.Why, now);
    }
}
