using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.ComplianceService.Holds;
using OrderTracking.ComplianceService.Releases;
using OrderTracking.ComplianceService.Screening;
using OrderTracking.Contracts;

namespace OrderTracking.ComplianceService.Tests.Holds;

/// <summary>Findings, holds and releases for tests without a database.</summary>
internal static class Desk
{
    public const string Facts = "facts-1";

    public static readonly DateTimeOffset Now = new(2025, 5, 1, 12, 0, 0, TimeSpan.Zero);

    public static readonly DateOnly Planned = new(2025, 5, 20);

    public static readonly ShipmentFacts Shipment = new(
        new Item("H20", "H20", new ItemFacts(Tpp: 2368)),
        "NVIDIA",
        new PlaceOfExport("US", "America/Los_Angeles"),
        "CN",
        Movement.Export,
        [new Party(PartyRole.EndUser, "Aurora Systems", "CN", "CN", UltimateParent.None)],
        Planned,
        100,
        new DeclaredValue("USD", 1_200_000, 0));

    public static readonly Circumstances Circumstances = As(Facts, Planned, new DateOnly(2025, 5, 1));

    public static readonly Actor Olga = new("olga", new HashSet<string> { "officer" });

    public static readonly Actor Omar = new("omar", new HashSet<string> { "officer" });

    public static readonly HoldGoods Goods = new("H20", Planned, "Aurora Systems", "CN", new MoneyAmount("USD", 120_000_000));

    public static readonly HoldOrigins Origins =
        new(Guid.CreateVersion7(Now), Guid.CreateVersion7(Now), Guid.CreateVersion7(Now), "erp", Goods, Now);

    /// <summary>Other facts are another quantity.</summary>
    public static Circumstances As(string facts, DateOnly shipDate, DateOnly today) =>
        new(facts, shipDate, today, Shipment with { Quantity = facts == Facts ? 100 : 160 }, []);

    public static Finding Finding(
        string rule = "R", Effect effect = Effect.LicenceRequired, ReviewPolicy policy = ReviewPolicy.CaseByCase, int amendment = 1) =>
        new(rule, $"rules/{rule}/amendments/{amendment}", effect, policy, [], $"{rule} applies.", "none", Certainty.Unconfirmed, "");

    public static Hold Hold(Finding finding) => HoldBook.New(HoldOrigin.Finding, finding.Rule, HoldGround.Of(finding), Origins);

    public static Hold ByHand(string reason) => HoldBook.New(HoldOrigin.Hand, reason, HoldGround.InWords(null, "asked by finance"), Origins);

    public static Hold Proposed(
        Hold hold, Guid? licence = null, string by = "olga", string code = "OTHER", Circumstances? now = null) => hold with
    {
        State = HoldState.ReleaseProposed,
        Releases =
        [
            .. hold.Releases,
            new Release
            {
                Id = Guid.CreateVersion7(Now),
                HoldId = hold.Id,
                State = ReleaseState.Proposed,
                ReasonCode = licence is null ? code : ReleaseRules.Licence,
                Note = "looked at",
                LicenceId = licence,
                FirstShipDate = (now ?? Circumstances).ShipDate,
                LastShipDate = (now ?? Circumstances).ShipDate,
                ProposedBy = by,
                FactsDigest = (now ?? Circumstances).FactsDigest,
                Facts = (now ?? Circumstances).Facts,
                Amendment = hold.Lapsed ? "" : hold.Ground.Amendment,
                Effect = hold.Ground.Effect,
                CreatedAt = Now,
                UpdatedAt = Now,
            },
        ],
    };

    public static Hold Settled(Hold hold, Guid? licence = null)
    {
        var proposed = Proposed(hold, licence);
        return proposed.With(proposed.ActiveRelease! with { State = ReleaseState.Approved, DecidedBy = "omar" }) with { State = HoldState.Settled };
    }
}
