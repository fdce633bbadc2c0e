using OrderTracking.BuildingBlocks.Data;
using OrderTracking.ComplianceService.Decisions;
using OrderTracking.ComplianceService.Holds;
using OrderTracking.ComplianceService.Licences;
using OrderTracking.ComplianceService.Releases;
using OrderTracking.ComplianceService.Shipments;

namespace OrderTracking.ComplianceService.Permits;

/// <summary>
/// Whether the licences behind approved releases still cover what they were approved for. A release whose licence was suspended, revoked
/// or amended away ends, its reservation is given back, and its hold is open again.
/// </summary>
internal static class LicenceStanding
{
    /// <summary>Why an authorisation does not cover the shipment on the day of the verdict; empty where it does.</summary>
    public static async Task<IReadOnlyList<CoverageMismatch>> Mismatches(Tx tx, KnownShipment shipment, Authorisation authorisation, Verdict verdict)
    {
        var day = verdict.Circumstances.ShipDate;
        var use = LicenceUses.Of(shipment, verdict.Decision, authorisation.Rule, day, day);
        var licence = await LicenceStore.Find(tx, authorisation.LicenceId)
            ?? throw new InvalidOperationException($"Licence {authorisation.LicenceId} of an approved release does not exist.");
        var held = await LicenceStore.FindUse(tx, authorisation.LicenceId, shipment.Id);
        var mismatches = LicenceCoverage.Of(licence, use, held).Mismatches
            .Select(mismatch => mismatch with { Description = $"Licence {licence.Number}: {mismatch.Description}." });
        // Never on a balance that others may have taken meanwhile.
        return held is { Counts: true }
            ? [.. mismatches]
            : [.. mismatches, new CoverageMismatch("quantity", "NOT_RESERVED", $"Licence {licence.Number}: nothing is reserved of it.")];
    }

    /// <summary>Ends the releases whose licence does not cover the shipment any more; returns the holds after that.</summary>
    public static async Task<IReadOnlyList<Hold>> Keep(
        Tx tx, KnownShipment shipment, IReadOnlyList<Hold> holds, Verdict verdict, string actor)
    {
        var changes = new List<HoldChange>();
        foreach (var hold in holds.Where(hold => hold.State == HoldState.Settled))
        {
            if (hold.ActiveRelease is not { State: ReleaseState.Approved, LicenceId: { } licence })
                continue;
            var mismatches = await Mismatches(tx, shipment, new Authorisation(hold.Reason, licence), verdict);
            if (mismatches.Count == 0)
                continue;
            var why = $"The licence does not cover the shipment any more. {string.Join(" ", mismatches.Select(mismatch => mismatch.Description))}";
            changes.Add(HoldBook.Reopen(hold, hold.Ground, new ReleaseEnd(ReleaseState.Voided, why), verdict.Now));
        }

        return changes.Count == 0 ? holds : await HoldKeeper.Apply(tx, holds, changes, actor, verdict.Now);
    }
}
