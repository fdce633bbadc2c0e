using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.Wire;

namespace OrderTracking.ComplianceService.Licences.Changes;

/// <summary>What people write when they change a licence.</summary>
internal static class LicenceTexts
{
    public const int ReasonCharactersMax = 1_000;

    public static string Reason(string text, Violations violations) =>
        WireText.Parse(text, "reason", ReasonCharactersMax, violations) ?? "";

    public static string Remark(string text, Violations violations) =>
        WireText.ParseOptional(text, "reason", ReasonCharactersMax, violations) ?? "";
}
