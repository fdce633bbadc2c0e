using System.Diagnostics;
using System.Diagnostics.Metrics;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.ComplianceService.Decisions;
using OrderTracking.ComplianceService.Screening;

namespace OrderTracking.ComplianceService.Telemetry;

/// <summary>What compliance counts as it happens: after the commit, so that nothing is counted that was rolled back.</summary>
internal static class ComplianceMetrics
{
    private static readonly Meter Meter = new("OrderTracking");

    private static readonly Counter<long> Decisions = Meter.CreateCounter<long>(
        "ordertracking.decisions", "{decision}", "Decisions that were stored.");

    private static readonly Counter<long> Findings = Meter.CreateCounter<long>(
        "ordertracking.decision.findings", "{finding}", "Rules and reasons that stood in a stored decision, by its outcome.");

    private static readonly Histogram<double> Duration = Meter.CreateHistogram(
        "ordertracking.decision.duration",
        "s",
        "How long one decision took in its transaction, whether stored or not.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 1] });

    private static readonly Counter<long> Permits = Meter.CreateCounter<long>(
        "ordertracking.permits", "{permit}", "Permits that were issued, refused or revoked.");

    public static void Decided(Tx tx, Decision decision, Occasion occasion) => tx.AfterCommit(() =>
    {
        var outcome = Label("outcome", Codes<Outcome>.Of(decision.Outcome));
        Decisions.Add(1, outcome, Label("occasion", Codes<Occasion>.Of(occasion)));
        foreach (var finding in decision.Findings)
            Findings.Add(1, outcome, Label("rule", RuleOf(finding.Rule)));
    });

    public static void Took(long startedAt, Outcome outcome) =>
        Duration.Record(Stopwatch.GetElapsedTime(startedAt).TotalSeconds, Label("outcome", Codes<Outcome>.Of(outcome)));

    public static void PermitIssued(Tx tx) => Permit(tx, "issued");

    public static void PermitRefused(Tx tx) => Permit(tx, "refused");

    public static void PermitRevoked(Tx tx) => Permit(tx, "revoked");

    /// <summary>The rule or reason without the listed entry a party matched: there are tens of thousands of those.</summary>
    public static string RuleOf(string reason) =>
        reason.StartsWith(ReviewReasons.PartyMatch, StringComparison.Ordinal) ? ReviewReasons.PartyMatch.TrimEnd('/') : reason;

    private static void Permit(Tx tx, string result) => tx.AfterCommit(() => Permits.Add(1, Label("result", result)));

    private static KeyValuePair<string, object?> Label(string name, string value) => new(name, value);
}
