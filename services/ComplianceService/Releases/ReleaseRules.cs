using System.Globalization;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.ComplianceService.Holds;
using OrderTracking.ComplianceService.Screening;

namespace OrderTracking.ComplianceService.Releases;

/// <summary>What may be proposed to settle a hold, and who may decide on it. Answers with the refusal, or null where nothing stands against it.</summary>
internal static class ReleaseRules
{
    public const string Licence = "LICENCE";

    /// <summary>The codes a release may give as its reason.</summary>
    public static IReadOnlyList<string> ReasonCodes { get; } = [Licence, "FACTS_REVIEWED", "RED_FLAG_RESOLVED", "CREDIT_CLEARED", "OTHER"];

    public static Refusal? WhyNotPropose(Hold hold, string reasonCode, bool hasLicence, DateOnly first, DateOnly last, DateOnly shipDate)
    {
        if (hold.State != HoldState.Open)
            return NotOpen(hold);
        if (hold.Ground.Effect == Effect.Prohibited)
            return Of(ComplianceReasons.HoldCannotBeReleased, hold, $"{hold.Reason} prohibits the shipment; nothing settles a prohibition.");
        if (!hasLicence && (hold.Ground.Effect == Effect.LicenceRequired || reasonCode == Licence))
            return Of(ComplianceReasons.LicenceRequiredForRelease, hold, $"{hold.Reason} is settled by a registered licence that covers it, and by nothing else.");
        if (hold.Ground.Effect == Effect.LicenceRequired && reasonCode != Licence)
            return Of(ComplianceReasons.LicenceRequiredForRelease, hold, $"{hold.Reason} requires a licence: the reason code is {Licence}.");
        return first <= shipDate && shipDate <= last ? null : new Refusal(
            ComplianceReasons.ReleaseWindowMissesShipDate,
            $"The shipment is decided for {Text(shipDate)}; the release is for {Text(first)} to {Text(last)}.")
        {
            Metadata = new Dictionary<string, string>
            {
                ["hold"] = Names.Hold(hold.Id),
                ["ship_date"] = Text(shipDate),
                ["first_ship_date"] = Text(first),
                ["last_ship_date"] = Text(last),
            },
        };
    }

    /// <summary>Four eyes: the second person is another one, and decides once.</summary>
    public static Refusal? WhyNotDecide(Hold hold, Release release, string person)
    {
        if (release.ProposedBy == person)
            return Of(ComplianceReasons.SamePerson, hold, "Who proposed a release does not decide on it.");
        if (release.State == ReleaseState.Proposed)
            return null;
        var state = Codes<ReleaseState>.Of(release.State);
        return new Refusal(ComplianceReasons.ReleaseNotProposed, $"The release is {state} and waits for nobody.")
        {
            Metadata = new Dictionary<string, string> { ["release"] = Names.Release(hold.Id, release.Id), ["state"] = state },
        };
    }

    /// <summary>What is approved must still be what was proposed.</summary>
    public static Refusal? WhyNotApprove(Hold hold, Release release, string person, Circumstances now) =>
        WhyNotDecide(hold, release, person)
        ?? (ReleaseBinding.Broken(release, hold.Ground, now) is { } end ? Of(ComplianceReasons.ReleaseOutdated, hold, end.Why) : null);

    public static Refusal NotOpen(Hold hold)
    {
        var state = Codes<HoldState>.Of(hold.State);
        return new Refusal(ComplianceReasons.HoldNotOpen, $"The hold is {state}.")
        {
            Metadata = new Dictionary<string, string> { ["hold"] = Names.Hold(hold.Id), ["reason"] = hold.Reason, ["state"] = state },
        };
    }

    private static Refusal Of(Reason reason, Hold hold, string message) => new(reason, message)
    {
        Metadata = new Dictionary<string, string> { ["hold"] = Names.Hold(hold.Id), ["reason"] = hold.Reason },
    };

    private static string Text(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
