using OrderTracking.BuildingBlocks.Data;
using OrderTracking.ComplianceService.Decisions;
using OrderTracking.ComplianceService.Licences;
using OrderTracking.ComplianceService.Shipments;

namespace OrderTracking.ComplianceService.Permits;

/// <summary>Looks at the licences behind the releases once more, for the very day: a licence may have been suspended or have ended.</summary>
internal static class LicenceGate
{
    public static async Task<GateVerdict> Check(Tx tx, KnownShipment shipment, GateVerdict gate, Verdict verdict)
    {
        var obstacles = gate.Obstacles.ToList();
        foreach (var authorisation in gate.Authorisations)
        {
            var day = verdict.Circumstances.ShipDate;
            var use = LicenceUses.Of(shipment, verdict.Decision.ItemUsed, authorisation.Rule, day, day);
            var mismatches = await LicenceStore.FindMismatches(tx, authorisation.LicenceId, use)
                ?? throw new InvalidOperationException($"Licence {authorisation.LicenceId} of an approved release does not exist.");
            var finding = verdict.Decision.Findings.First(finding => finding.Rule == authorisation.Rule);
            obstacles.AddRange(mismatches.Select(mismatch => new Obstacle(
                authorisation.Rule, mismatch.Reason, mismatch.Description, Holds.HoldGround.Of(finding).Blocks)));
        }

        return gate with { Obstacles = obstacles };
    }
}
