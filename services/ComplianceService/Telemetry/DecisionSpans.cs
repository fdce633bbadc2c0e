using System.Diagnostics;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Telemetry;
using OrderTracking.ComplianceService.Decisions;
using OrderTracking.ComplianceService.Holds;
using OrderTracking.ComplianceService.Screening;
using OrderTracking.ComplianceService.Shipments;
using OrderTracking.Wire;

namespace OrderTracking.ComplianceService.Telemetry;

/// <summary>
/// What traces say of stored decisions, after the commit: the ids on the span they were made in, and for HELD and BLOCKED a span of its
/// own that is kept whatever is sampled.
/// </summary>
internal static class DecisionSpans
{
    public const string Held = "compliance.decision-held";
    public const string Blocked = "compliance.decision-blocked";

    /// <summary>What somebody will ask for, however few traces are kept.</summary>
    public static KeptActivities Kept { get; } = new(Held, Blocked);

    /// <summary>To be called for each decision that was stored, once its holds are written.</summary>
    public static void Tell(Tx tx, KnownShipment decided, Verdict verdict, IEnumerable<Hold> holds)
    {
        var decision = decided.DecisionId!.Value.ToString("D");
        string[] rules = [.. verdict.Decision.Findings.Select(finding => ComplianceMetrics.RuleOf(finding.Rule)).Distinct().Take(Spans.ValuesMax)];
        Spans.TagWhenCommitted(tx, SpanKeys.Order, decided.OrderId.ToString("D"));
        Spans.TagWhenCommitted(tx, SpanKeys.Shipment, decided.Id.ToString("D"));
        Spans.TagWhenCommitted(tx, SpanKeys.Decision, decision);
        Spans.TagWhenCommitted(tx, SpanKeys.Rule, rules);
        if (verdict.Decision.Outcome == Outcome.Cleared)
            return;
        var caller = Activity.Current;
        var about = new List<KeyValuePair<string, object?>>
        {
            new(SpanKeys.Order, decided.OrderId.ToString("D")),
            new(SpanKeys.Shipment, decided.Id.ToString("D")),
            new(SpanKeys.Decision, decision),
            new(SpanKeys.Rule, rules),
            new(SpanKeys.Hold, holds.Where(hold => hold.IsActive).Select(hold => hold.Id.ToString("D")).Take(Spans.ValuesMax).ToArray()),
        };
        if (caller is not null)
            about.Add(new(SpanKeys.CallerTrace, caller.TraceId.ToHexString()));
        tx.AfterCommit(() => Spans.Mark(verdict.Decision.Outcome == Outcome.Held ? Held : Blocked, caller?.Context, about));
    }
}
