using OrderTracking.BuildingBlocks.Data;
using OrderTracking.ComplianceService.Decisions;
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
            var mismatches = await LicenceStanding.Mismatches(tx, shipment, authorisation, verdict);
            var finding = verdict.Decision.Findings.First(finding => finding.Rule == authorisation.Rule);
            obstacles.AddRange(mismatches.Select(mismatch => new Obstacle(
                authorisation.Rule, mismatch.Reason, mismatch.Description, Holds.HoldGround.Of(finding).Blocks)));
        }

        return gate with { Obstacles = obstacles };
    }
}
