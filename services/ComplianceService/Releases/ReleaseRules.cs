using System.Globalization;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.ComplianceService.Holds;
using OrderTracking.ComplianceService.Screening;

namespace OrderTracking.ComplianceService.Releases;

/// <summary>What a release is proposed with.</summary>
internal sealed record ReleaseTerms(string ReasonCode, bool HasLicence, DateOnly First, DateOnly Last);

/// <summary>What may be proposed to settle a hold, and who may decide on it. Answers with the refusal, or null where nothing stands against it.</summary>
internal static class ReleaseRules
{
    public const string Licence = "LICENCE";

    /// <summary>The codes a release may give as its reason.</summary>
    public static IReadOnlyList<string> ReasonCodes { get; } =
        [Licence, "FACTS_REVIEWED", "RED_FLAG_RESOLVED", "CREDIT_CLEARED", "OTHER", Clearance.ReasonCode];

    public static Refusal? WhyNotPropose(Hold hold, Actor person, ReleaseTerms terms, DateOnly shipDate) =>
        ClearingRoles.WhyNot(hold, ClearingAct.Propose, person)
        ?? (hold.State == HoldState.Open ? null : NotOpen(hold))
        ?? (hold.Lapsed || terms.ReasonCode == Clearance.ReasonCode ? WhyNotConfirm(hold, terms) : WhyNotSettle(hold, terms))
        ?? (terms.First <= shipDate && shipDate <= terms.Last ? null : Misses(hold, terms, shipDate));

    /// <summary>Four eyes: the second person is another one, may clear such a hold, and decides once.</summary>
    public static Refusal? WhyNotDecide(Hold hold, Release release, Actor person)
    {
        if (OnePerson.Is(release.ProposedBy, person.Subject))
            return Of(ComplianceReasons.SamePerson, hold, "Who proposed a release does not decide on it.");
        if (ClearingRoles.WhyNot(hold, ClearingAct.Decide, person) is { } refusal)
            return refusal;
        if (release.State == ReleaseState.Proposed)
            return null;
        var state = Codes<ReleaseState>.Of(release.State);
        return new Refusal(ComplianceReasons.ReleaseNotProposed, $"The release is {state} and waits for nobody.")
        {
            Metadata = new Dictionary<string, string> { ["release"] = Names.Release(hold.Id, release.Id), ["state"] = state },
        };
    }

    /// <summary>What is approved must still be what was proposed.</summary>
    /// <param name="fires">The hold's rule applies to the shipment as it is now.</param>
    public static Refusal? WhyNotApprove(Hold hold, Release release, Actor person, Circumstances now, bool fires) =>
        WhyNotDecide(hold, release, person) ?? (release.IsConfirmation
            ? WhyNotConfirmed(hold, fires) ?? Outdated(hold, Clearance.WhyOutdated(hold, release, now))
            : Outdated(hold, ReleaseBinding.Broken(release, hold.Ground, now)));

    /// <summary>A hold that has lapsed is confirmed only while its rule does not apply.</summary>
    public static Refusal? WhyNotConfirmed(Hold hold, bool fires) =>
        fires ? Of(ComplianceReasons.ReleaseOutdated, hold, $"{hold.Reason} applies to the shipment again.") : null;

    public static Refusal NotOpen(Hold hold)
    {
        var state = Codes<HoldState>.Of(hold.State);
        return new Refusal(ComplianceReasons.HoldNotOpen, $"The hold is {state}.")
        {
            Metadata = new Dictionary<string, string> { ["hold"] = Names.Hold(hold.Id), ["reason"] = hold.Reason, ["state"] = state },
        };
    }

    private static Refusal? WhyNotConfirm(Hold hold, ReleaseTerms terms)
    {
        if (!hold.Lapsed)
            return Of(ReleaseReasons.ReasonCodeDoesNotFit, hold, $"{hold.Reason} still holds the shipment; {Clearance.ReasonCode} is for what no longer does.");
        return terms is { ReasonCode: Clearance.ReasonCode, HasLicence: false } ? null : Of(
            ReleaseReasons.ReasonCodeDoesNotFit, hold, $"{hold.Reason} no longer applies: the reason code is {Clearance.ReasonCode}, without a licence.");
    }

    private static Refusal? WhyNotSettle(Hold hold, ReleaseTerms terms)
    {
        if (hold.Ground.Effect == Effect.Prohibited)
            return Of(ComplianceReasons.HoldCannotBeReleased, hold, $"{hold.Reason} prohibits the shipment; nothing settles a prohibition.");
        if (!terms.HasLicence && (hold.Ground.Effect == Effect.LicenceRequired || terms.ReasonCode == Licence))
            return Of(ComplianceReasons.LicenceRequiredForRelease, hold, $"{hold.Reason} is settled by a registered licence that covers it, and by nothing else.");
        return hold.Ground.Effect == Effect.LicenceRequired && terms.ReasonCode != Licence
            ? Of(ComplianceReasons.LicenceRequiredForRelease, hold, $"{hold.Reason} requires a licence: the reason code is {Licence}.")
            : null;
    }

    private static Refusal Misses(Hold hold, ReleaseTerms terms, DateOnly shipDate) => new(
        ComplianceReasons.ReleaseWindowMissesShipDate,
        $"The shipment is decided for {Text(shipDate)}; the release is for {Text(terms.First)} to {Text(terms.Last)}.")
    {
        Metadata = new Dictionary<string, string>
        {
            ["hold"] = Names.Hold(hold.Id),
            ["ship_date"] = Text(shipDate),
            ["first_ship_date"] = Text(terms.First),
            ["last_ship_date"] = Text(terms.Last),
        },
    };

    private static Refusal? Outdated(Hold hold, ReleaseEnd? end) => end is null ? null : Of(ComplianceReasons.ReleaseOutdated, hold, end.Why);

    private static Refusal Of(Reason reason, Hold hold, string message) => new(reason, message)
    {
        Metadata = new Dictionary<string, string> { ["hold"] = Names.Hold(hold.Id), ["reason"] = hold.Reason },
    };

    private static string Text(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
