using System.Globalization;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.ComplianceService.Holds;
using OrderTracking.Wire;
using V1 = OrderTracking.Compliance.V1;

namespace OrderTracking.ComplianceService.Releases;

/// <summary>A request to propose a release, parsed. A date that is not given is the day the shipment is decided for.</summary>
internal sealed record ReleaseProposal(Guid HoldId, string ReasonCode, string Note, Guid? LicenceId, DateOnly? First, DateOnly? Last)
{
    /// <summary>The longest window, in days from the first to the last ship date.</summary>
    public const int WindowDaysMax = 366;

    /// <exception cref="Refusal">INVALID_ARGUMENT with every violation.</exception>
    public static ReleaseProposal Parse(V1.ProposeReleaseRequest request)
    {
        var violations = new Violations();
        var hold = WireName.Parse(request.Hold, Names.Holds, "hold", violations);
        if (!ReleaseRules.ReasonCodes.Contains(request.ReasonCode))
            violations.Add("reason_code", ComplianceReasons.ReasonCodeUnknown, request.ReasonCode, string.Join(", ", ReleaseRules.ReasonCodes));
        var note = HoldTexts.Note(request.Note, "note", violations);
        var licence = request.Licence.Length == 0 ? null : WireName.Parse(request.Licence, Names.Licences, "licence", violations);
        var first = WireDate.ParseOptional(request.FirstShipDate, "first_ship_date", violations);
        var last = WireDate.ParseOptional(request.LastShipDate, "last_ship_date", violations);
        violations.ThrowIfAny();
        return new ReleaseProposal(hold!.Value, request.ReasonCode, note, licence, first, last);
    }

    /// <summary>The window, with what was not given filled in.</summary>
    /// <param name="shipDate">The day the shipment is decided for.</param>
    /// <exception cref="Refusal">RELEASE_WINDOW_INVALID.</exception>
    public (DateOnly First, DateOnly Last) Window(DateOnly shipDate)
    {
        var first = First ?? shipDate;
        var last = Last ?? first;
        if (last < first || last.DayNumber - first.DayNumber > WindowDaysMax)
            Violations.Throw(
                "last_ship_date",
                ComplianceReasons.ReleaseWindowInvalid,
                last.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                string.Create(CultureInfo.InvariantCulture, $"{first:yyyy-MM-dd} or up to {WindowDaysMax} days after it"));
        return (first, last);
    }
}
