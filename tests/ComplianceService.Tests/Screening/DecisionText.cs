using System.Text.Json;
using OrderTracking.ComplianceService.Screening;

namespace OrderTracking.ComplianceService.Tests.Screening;

/// <summary>A decision as text, every field of it: two equal texts are two equal decisions.</summary>
internal static class DecisionText
{
    public static string Of(Decision decision) => JsonSerializer.Serialize(decision);
}
