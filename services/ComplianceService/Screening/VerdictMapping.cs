using Google.Protobuf.WellKnownTypes;
using OrderTracking.Wire;
using V1 = OrderTracking.Compliance.V1;

namespace OrderTracking.ComplianceService.Screening;

/// <summary>Verdicts as callers read them: what a decision says, without why.</summary>
internal static class VerdictMapping
{
    /// <summary>The answer to a question that asked for no more.</summary>
    public static V1.Decision WhatIf(Judgement judgement, DateOnly shipDate, DateTimeOffset knownAt)
    {
        var message = new V1.Decision
        {
            Outcome = WireCodes.Of(judgement.Outcome),
            Occasion = V1.Decision.Types.Occasion.WhatIf,
            ShipDate = WireDate.Of(shipDate),
            KnownAt = Timestamp.FromDateTimeOffset(knownAt),
            EngineVersion = DecisionEngine.Version,
        };
        message.Findings.Capacity = judgement.Fired.Count;
        foreach (var fired in judgement.Fired)
            message.Findings.Add(new V1.Finding
            {
                Rule = fired.Bound.Amendment.Rule,
                Amendment = fired.Bound.Amendment.Name,
                Effect = WireCodes.Of(fired.Effect),
                ReviewPolicy = WireCodes.Of(fired.ReviewPolicy),
            });
        AddReasons(judgement.Inputs, message);
        return message;
    }

    private static void AddReasons(Inputs inputs, V1.Decision message)
    {
        if (!inputs.HasReasons)
            return;
        var reasons = new List<Finding>();
        Findings.AddReasons(inputs, reasons);
        foreach (var reason in reasons)
            message.Findings.Add(new V1.Finding { Rule = reason.Rule, Amendment = reason.Amendment, Effect = WireCodes.Of(reason.Effect) });
        V1.Finding[] ordered = [.. message.Findings.OrderBy(finding => finding.Rule, StringComparer.Ordinal)];
        message.Findings.Clear();
        message.Findings.AddRange(ordered);
    }
}
