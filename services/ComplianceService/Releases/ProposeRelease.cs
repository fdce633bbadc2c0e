using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.ComplianceService.Audit;
using OrderTracking.ComplianceService.Holds;
using OrderTracking.ComplianceService.Shipments;
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
            tx => Requests.Once(tx, method, request.RequestId, actor, request, clock.GetUtcNow(), () => Propose(tx, proposal, request.Etag, actor)),
            cancellation,
            request.ValidateOnly));
    }

    private async Task<V1.Release> Propose(Tx tx, ReleaseProposal proposal, string etag, Actor actor)
    {
        var taken = await desk.Take(tx, proposal.HoldId);
        desk.Guard(etag, taken.Hold.Version);
        var (first, last) = proposal.Window(taken.Circumstances.ShipDate);
        var terms = new ReleaseTerms(proposal.ReasonCode, proposal.LicenceId is not null, first, last);
        if (ReleaseRules.WhyNotPropose(taken.Hold, actor, terms, taken.Circumstances.ShipDate) is { } refusal)
            throw refusal;
        if (taken.Hold.Lapsed && ReleaseRules.WhyNotConfirmed(taken.Hold, taken.Fires) is { } outdated)
            throw outdated;
        if (proposal.LicenceId is { } licence)
            await HoldDesk.RequireCover(tx, taken, licence, first, last);
        var release = New(taken, proposal, terms, actor.Subject);
        await ReleaseStore.Insert(tx, release);
        await HoldStore.Update(tx, taken.Hold.Touched(taken.Now) with { State = HoldState.ReleaseProposed });
        await ReleaseNews.Proposed(tx, release, taken.Hold, taken.Now);
        await AuditLog.Record(
            tx, actor.Subject, Action, Names.Release(release.HoldId, release.Id), AuditLog.Done, $"{release.ReasonCode}: {release.Note}", taken.Now);
        return HoldMapping.Of(release, taken.Hold);
    }

    private static Release New(DeskHold taken, ReleaseProposal proposal, ReleaseTerms terms, string actor) => new()
    {
        Id = Guid.CreateVersion7(taken.Now),
        HoldId = taken.Hold.Id,
        State = ReleaseState.Proposed,
        ReasonCode = proposal.ReasonCode,
        Note = proposal.Note,
        LicenceId = proposal.LicenceId,
        FirstShipDate = terms.First,
        LastShipDate = terms.Last,
        ProposedBy = actor,
        FactsDigest = taken.Circumstances.FactsDigest,
        Facts = taken.Circumstances.Facts,
        Amendment = taken.Hold.Lapsed ? taken.Circumstances.AmendmentOf(taken.Hold.Reason) : taken.Hold.Ground.Amendment,
        Effect = taken.Hold.Ground.Effect,
        ExpiresAt = taken.Hold.Lapsed ? null : ShipDates.StartOf(terms.Last.AddDays(1), taken.Shipment.TimeZone),
        CreatedAt = taken.Now,
        UpdatedAt = taken.Now,
    };
}
