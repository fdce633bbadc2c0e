using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.Compliance.V1;
using OrderTracking.ComplianceService.Rules;
using OrderTracking.Wire;
using V1 = OrderTracking.Compliance.V1;

namespace OrderTracking.ComplianceService.Screening;

/// <summary>Answers what would be decided. A what-if: nothing is stored, and no transaction is needed.</summary>
internal sealed class CheckShipment(Knowledge knowledge)
{
    // The range of google.protobuf.Timestamp: the years 1 to 9999.
    private const long SecondsMin = -62_135_596_800;
    private const long SecondsMax = 253_402_300_799;
    private const int NanosMax = 999_999_999;

    public Task<V1.Decision> Answer(CheckShipmentRequest request, ServerCallContext context) => Answer(request, context.CancellationToken).AsTask();

    public async ValueTask<V1.Decision> Answer(CheckShipmentRequest request, CancellationToken cancellation)
    {
        var violations = new Violations();
        var facts = FactsMapping.Parse(request.Facts, "facts", violations);
        var asked = ParseInstant(request.KnownAt, "known_at", violations);
        violations.ThrowIfAny();
        var (head, knownAt) = await knowledge.AsOf(asked, cancellation);
        return request.View == DecisionView.Verdict
            ? VerdictMapping.WhatIf(DecisionEngine.Judge(facts!, knownAt, head.Rules, head.Catalogue, head.Lists), facts!.ShipDate, knownAt)
            : DecisionMapping.WhatIf(head.Decide(facts!, facts!.ShipDate, knownAt), facts);
    }

    /// <summary>Reads an instant that may be absent; null if it is, or was refused.</summary>
    public static DateTimeOffset? ParseInstant(Timestamp? instant, in FieldPath field, Violations violations)
    {
        if (instant is null)
            return null;
        if (instant.Seconds is >= SecondsMin and <= SecondsMax && instant.Nanos is >= 0 and <= NanosMax)
            return WireInstant.Of(instant);
        violations.Add(
            field, RegisterReasons.InstantInvalid, $"{instant.Seconds} s {instant.Nanos} ns", "an instant of the years 1 to 9999");
        return null;
    }
}
