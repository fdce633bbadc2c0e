using System.Globalization;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.ComplianceService.Shipments;

namespace OrderTracking.ComplianceService.Permits;

/// <summary>What became of a request for a permit. A legal refusal is a value: its decision and holds must be committed first.</summary>
internal abstract record DispatchOutcome
{
    private DispatchOutcome()
    {
    }

    internal sealed record Granted(Permit Permit) : DispatchOutcome;

    internal sealed record Refused(KnownShipment Shipment, GateVerdict Gate) : DispatchOutcome
    {
        public Refusal ToRefusal() => new(
            ComplianceReasons.DispatchRefused,
            $"The shipment may not leave on {Text(Shipment.DecidedShipDate)}: {string.Join(", ", Gate.Standing.Reasons)}.")
        {
            Metadata = new Dictionary<string, string>
            {
                ["decision"] = Shipment.DecisionId is { } decision ? Names.Decision(decision) : "",
                ["standing"] = Shipment.Standing,
                ["screening_number"] = Shipment.ScreeningNumber.ToString(CultureInfo.InvariantCulture),
                ["reasons"] = string.Join(',', Gate.Standing.Reasons),
                ["ship_date"] = Text(Shipment.DecidedShipDate),
            },
            PreconditionViolations =
            [
                .. Gate.Obstacles.Select(obstacle => new PreconditionViolation(obstacle.Type, obstacle.Reason, obstacle.Description)),
            ],
        };

        private static string Text(DateOnly? date) => date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
    }
}
