using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.ComplianceService.Decisions;
using OrderTracking.ComplianceService.Holds;
using OrderTracking.ComplianceService.Licences;
using OrderTracking.ComplianceService.Permits;
using OrderTracking.ComplianceService.Screening;
using OrderTracking.ComplianceService.Shipments;

namespace OrderTracking.ComplianceService.Releases;

/// <summary>A hold on somebody's desk: with its shipment, and what is true of that now.</summary>
/// <param name="Fires">The hold's rule applies to the shipment as it is now.</param>
internal sealed record DeskHold(Hold Hold, KnownShipment Shipment, Decision Decision, Circumstances Circumstances, bool Fires, DateTimeOffset Now);

/// <summary>Reads what every act on a hold starts from.</summary>
internal sealed class HoldDesk(Judge judge, ComplianceOptions options)
{
    /// <exception cref="Refusal">HOLD_UNKNOWN.</exception>
    public async Task<DeskHold> Take(Tx tx, Guid holdId)
    {
        var hold = await HoldStore.Find(tx, holdId) ?? throw ReadHolds.Unknown(Names.Hold(holdId));
        var shipment = await ShipmentStore.Find(tx, hold.ShipmentId)
            ?? throw new InvalidOperationException($"The shipment of {Names.Hold(holdId)} is not known.");
        var verdict = await judge.Decide(
            tx, shipment.Facts, today => shipment.DepartedDate ?? ShipDates.Effective(shipment.PlannedShipDate, today));
        var fires = verdict.Decision.Findings.Any(finding => finding.Rule == hold.Reason);
        return new DeskHold(hold, shipment, verdict.Decision, verdict.Circumstances, fires, verdict.Now);
    }

    /// <exception cref="Refusal">HOLD_UNKNOWN, RELEASE_UNKNOWN, ETAG_MISMATCH or ETAG_REQUIRED.</exception>
    public async Task<(DeskHold Desk, Release Release)> Take(Tx tx, (Guid Hold, Guid Release) name, string etag)
    {
        var desk = await Take(tx, name.Hold);
        var release = desk.Hold.Releases.FirstOrDefault(release => release.Id == name.Release)
            ?? throw new Refusal(ComplianceReasons.ReleaseUnknown, $"{Names.Release(name.Hold, name.Release)} does not exist.");
        Guard(etag, release.Version);
        return (desk, release);
    }

    public void Guard(string etag, long version) => Etag.Require(etag, version, options.StrictEtags);

    /// <summary>Refuses a licence that does not cover the shipment for the whole window; names every mismatch.</summary>
    /// <exception cref="Refusal">LICENCE_DOES_NOT_COVER.</exception>
    public static async Task<LicenceUse> RequireCover(Tx tx, DeskHold desk, Guid licence, DateOnly first, DateOnly last)
    {
        var use = LicenceUses.Of(desk.Shipment, desk.Decision, desk.Hold.Reason, first, last);
        var mismatches = await LicenceStore.FindMismatches(tx, licence, use)
            ?? [new CoverageMismatch("licence", "LICENCE_UNKNOWN", $"{Names.Licence(licence)} does not exist.")];
        return mismatches.Count == 0 ? use : throw new Refusal(
            ComplianceReasons.LicenceDoesNotCover, string.Join(" ", mismatches.Select(mismatch => mismatch.Description)))
        {
            Metadata = new Dictionary<string, string>
            {
                ["licence"] = Names.Licence(licence),
                ["hold"] = Names.Hold(desk.Hold.Id),
                ["mismatches"] = string.Join(',', mismatches.Select(mismatch => mismatch.Field)),
            },
            PreconditionViolations =
            [
                .. mismatches.Select(mismatch => new PreconditionViolation(mismatch.Reason, mismatch.Field, mismatch.Description)),
            ],
        };
    }
}
