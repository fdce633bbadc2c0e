using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.ComplianceService.Holds;
using OrderTracking.ComplianceService.Permits;
using OrderTracking.ComplianceService.Releases;
using OrderTracking.ComplianceService.Screening;

namespace OrderTracking.ComplianceService.Tests.Holds;

/// <summary>The holds of one shipment, moved by the rules of the product and nothing else: what the handlers do, without a database.</summary>
internal sealed class HoldShelf
{
    private IReadOnlyList<Finding> _findings = [];

    public IReadOnlyList<Hold> Holds { get; private set; } = [];

    public Circumstances Circumstances { get; private set; } = Desk.As("facts-1", Desk.Planned, Desk.Planned);

    public Standing Standing => Standing.Of(Holds);

    public GateVerdict Gate => DispatchGate.Judge(_findings, Holds, Circumstances);

    public string Text => string.Join(" ", ((string[])["A", "B", HoldModel.Credit]).Select(reason => $"{reason}:{PlaceOf(Find(reason))}"));

    public void Decide(IReadOnlyDictionary<string, int> rules, string facts, int day)
    {
        _findings = [.. rules.Select(rule => Desk.Finding(rule.Key, Effect.Review, ReviewPolicy.None, rule.Value))];
        Circumstances = Desk.As(facts, Desk.Planned.AddDays(day), Desk.Planned.AddDays(day));
        Take(HoldBook.After(Holds, _findings, Circumstances, Desk.Origins));
    }

    public IReadOnlyList<HoldChange> Again() => HoldBook.After(Holds, _findings, Circumstances, Desk.Origins);

    public void PlaceCredit()
    {
        var standing = Find(HoldModel.Credit);
        if (standing is null)
            Holds = [.. Holds, Desk.ByHand(HoldModel.Credit)];
        else if (standing.State == HoldState.Settled)
            Take([HoldBook.Reopen(standing, standing.Ground, new ReleaseEnd(ReleaseState.Voided, "placed again"), Desk.Now)]);
    }

    public bool Propose(string reason, Actor person)
    {
        var code = Find(reason) is { Lapsed: true } ? Clearance.ReasonCode : "OTHER";
        var terms = new ReleaseTerms(code, HasLicence: false, Circumstances.ShipDate, Circumstances.ShipDate);
        if (Find(reason) is not { } hold || ReleaseRules.WhyNotPropose(hold, person, terms, Circumstances.ShipDate) is not null)
            return false;
        Put(Desk.Proposed(hold, by: person.Subject, code: code, now: Circumstances));
        return true;
    }

    public bool Approve(string reason, Actor person)
    {
        if (Waiting(reason) is not ({ } hold, { } release)
            || ReleaseRules.WhyNotApprove(hold, release, person, Circumstances, _findings.Any(finding => finding.Rule == reason)) is not null)
            return false;
        var approved = release.Touched(Desk.Now) with { State = ReleaseState.Approved, DecidedBy = person.Subject };
        if (release.IsConfirmation)
            Take([HoldBook.Confirmed(hold, approved, Desk.Now)]);
        else
            Put(hold.With(approved) with { State = HoldState.Settled });
        return true;
    }

    public bool Reject(string reason, Actor person)
    {
        if (Waiting(reason) is not ({ } hold, { } release) || ReleaseRules.WhyNotDecide(hold, release, person) is not null)
            return false;
        Put(hold.With(release.Touched(Desk.Now) with { State = ReleaseState.Rejected, DecidedBy = person.Subject }) with { State = HoldState.Open });
        return true;
    }

    private (Hold? Hold, Release? Release) Waiting(string reason) => (Find(reason), Find(reason)?.ActiveRelease);

    private Hold? Find(string reason) => Holds.FirstOrDefault(hold => hold.Reason == reason);

    private void Put(Hold hold) => Holds = [.. Holds.Select(other => other.Id == hold.Id ? hold : other)];

    private void Take(IReadOnlyList<HoldChange> changes) => Holds = [.. HoldBook.Apply(Holds, changes).Where(hold => hold.IsActive)];

    private static Place PlaceOf(Hold? hold) => hold switch
    {
        null => Place.None,
        { State: HoldState.Settled } => Place.Settled,
        { Lapsed: true, State: HoldState.Open } => Place.LapsedRefused,
        { Lapsed: true } => Place.LapsedWaiting,
        { State: HoldState.Open } => Place.Open,
        _ => Place.Waiting,
    };
}
