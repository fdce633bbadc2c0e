using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.Compliance.V1;
using OrderTracking.ComplianceService.Decisions;
using OrderTracking.ComplianceService.Holds;
using OrderTracking.ComplianceService.Licences;
using OrderTracking.ComplianceService.Releases;
using OrderTracking.ComplianceService.Rules;
using OrderTracking.ComplianceService.Screening;
using OrderTracking.ComplianceService.Shipments;

namespace OrderTracking.ComplianceService.Outlook.Remedies;

/// <summary>Answers what would make goods lawful. Nothing is stored, reserved or released by it.</summary>
internal sealed class FindRemedies(ComplianceDb db, Knowledge knowledge, OutlookSubjects subjects)
{
    /// <summary>Licences looked at, those that end first before others.</summary>
    public const int LicencesMax = 200;

    private const string LicencesSql = """
        select id from licences where licensee = @exporter and state = 'ACTIVE' and valid_to >= @today order by valid_to, id
        """;

    public async Task<FindRemediesResponse> Answer(FindRemediesRequest request, CancellationToken cancellation)
    {
        var violations = new Violations();
        var asked = OutlookSubjects.Parse(request.Shipment, request.Facts, violations);
        var instant = CheckShipment.ParseInstant(request.KnownAt, "known_at", violations);
        violations.ThrowIfAny();
        var subject = await subjects.Find(asked, cancellation);
        if (subject.Shipment is { Phase: ShipmentPhase.Departed or ShipmentPhase.Closed })
            throw new Refusal(ComplianceReasons.ShipmentGone, "The shipment has departed, came back or was cancelled.");
        var (head, knownAt) = await knowledge.AsOf(instant, cancellation);
        var decision = head.Decide(subject.Facts, subject.From, knownAt);
        var (licences, holds) = await db.Read(tx => Read(tx, subject), cancellation);
        var space = new RemedySpace(
            head, knownAt, subject.Shipment ?? Unknown(subject.Facts), subject.From, subject.Today, licences, Settled(subject, decision, holds));
        return Of(RemedySearch.Of(space), decision, space, holds);
    }

    private static async Task<(IReadOnlyList<HeldLicence> Licences, IReadOnlyList<Holds.Hold> Holds)> Read(Tx tx, OutlookSubject subject)
    {
        var ids = await tx.Query<Guid>(
            $"{LicencesSql} {tx.Dialect.Page()}", new { exporter = subject.Facts.Exporter, today = subject.Today, take = LicencesMax });
        var licences = new List<HeldLicence>(ids.Count);
        foreach (var id in ids)
            if (await LicenceStore.Find(tx, id) is { } licence)
                licences.Add(new HeldLicence(licence, subject.Shipment is { } shipment ? await LicenceStore.FindUse(tx, id, shipment.Id) : null));
        return (licences, subject.Shipment is { } known ? await HoldStore.OfShipment(tx, known.Id) : []);
    }

    /// <summary>A shipment that has nothing yet: no licence, no release.</summary>
    private static KnownShipment Unknown(Screening.ShipmentFacts facts) => new()
    {
        Id = Guid.Empty,
        OrderId = Guid.Empty,
        Sequence = 0,
        Revision = 0,
        Phase = ShipmentPhase.Open,
        Facts = facts,
    };

    /// <summary>The rules whose release holds for these facts on that day.</summary>
    private static HashSet<string> Settled(OutlookSubject subject, Screening.Decision decision, IReadOnlyList<Holds.Hold> holds)
    {
        var bound = FactsBinding.Of(subject.Facts, decision.ItemUsed);
        var now = new Circumstances(FactsBinding.DigestOf(bound), subject.From, subject.Today, bound, decision.GoverningAmendments);
        bool IsSettled(Screening.Finding finding) => holds.Any(hold =>
            hold.Reason == finding.Rule && hold is { State: HoldState.Settled, ActiveRelease: { State: ReleaseState.Approved } release }
            && ReleaseBinding.Broken(release, HoldGround.Of(finding), now) is null);
        return decision.Findings.Where(IsSettled).Select(finding => finding.Rule).ToHashSet(StringComparer.Ordinal);
    }

    private static FindRemediesResponse Of(
        RemedyAnswer answer, Screening.Decision decision, RemedySpace space, IReadOnlyList<Holds.Hold> holds)
    {
        var response = new FindRemediesResponse
        {
            Decision = DecisionMapping.WhatIf(decision, space.Facts with { ShipDate = space.Day }),
            Lawful = answer.IsLawful,
            NoneExists = !answer.IsLawful && answer.Remedies.Count == 0,
        };
        response.Remedies.AddRange(answer.Remedies.Select(remedy => RemedyMapping.Of(remedy, space)));
        response.Attempts.AddRange(answer.Attempts.Select(RemedyMapping.Of));
        response.OtherHolds.AddRange(holds
            .Where(hold => hold.Origin != HoldOrigin.Finding && hold.State is HoldState.Open or HoldState.ReleaseProposed)
            .Select(hold => hold.Reason).Distinct().Order(StringComparer.Ordinal));
        return response;
    }
}
