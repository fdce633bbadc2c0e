using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.ComplianceService.Audit;
using OrderTracking.ComplianceService.Holds;
using V1 = OrderTracking.Compliance.V1;

namespace OrderTracking.ComplianceService.Releases;

/// <summary>One person proposes to settle a hold; nothing is settled until a second person approves.</summary>
internal sealed class ProposeRelease(ComplianceDb db, HoldDesk desk, TimeProvider clock)
{
    private const string Action = "releases.propose";

    public Task<V1.Release> Run(V1.ProposeReleaseRequest request, string method, Actor actor, CancellationToken cancellation)
    {
        var proposal = ReleaseProposal.Parse(request);
        return RefusalAudit.Guard(db, clock, actor, Action, request.Hold, request.ValidateOnly, () => db.Write(
            tx => Requests.Once(
                tx, method, request.RequestId, actor, request, clock.GetUtcNow(), () => Propose(tx, proposal, request.Etag, actor.Subject)),
            cancellation,
            request.ValidateOnly));
    }

    private async Task<V1.Release> Propose(Tx tx, ReleaseProposal proposal, string etag, string actor)
    {
        var taken = await desk.Take(tx, proposal.HoldId);
        desk.Guard(etag, taken.Hold.Version);
        var (first, last) = proposal.Window(taken.Circumstances.ShipDate);
        if (ReleaseRules.WhyNotPropose(
            taken.Hold, proposal.ReasonCode, proposal.LicenceId is not null, first, last, taken.Circumstances.ShipDate) is { } refusal)
            throw refusal;
        if (proposal.LicenceId is { } licence)
            await HoldDesk.RequireCover(tx, taken, licence, first, last);
        var release = New(taken, proposal, first, last, actor);
        await ReleaseStore.Insert(tx, release);
        await HoldStore.Update(tx, taken.Hold.Touched(taken.Now) with { State = HoldState.ReleaseProposed });
        await AuditLog.Record(
            tx, actor, Action, Names.Release(release.HoldId, release.Id), AuditLog.Done, $"{release.ReasonCode}: {release.Note}", taken.Now);
        return HoldMapping.Of(release);
    }

    private static Release New(DeskHold taken, ReleaseProposal proposal, DateOnly first, DateOnly last, string actor) => new()
    {
        Id = Guid.CreateVersion7(taken.Now),
        HoldId = taken.Hold.Id,
        State = ReleaseState.Proposed,
        ReasonCode = proposal.ReasonCode,
        Note = proposal.Note,
        LicenceId = proposal.LicenceId,
        FirstShipDate = first,
        LastShipDate = last,
        ProposedBy = actor,
        FactsDigest = taken.Circumstances.FactsDigest,
        Amendment = taken.Hold.Ground.Amendment,
        Effect = taken.Hold.Ground.Effect,
        CreatedAt = taken.Now,
        UpdatedAt = taken.Now,
    };
}
