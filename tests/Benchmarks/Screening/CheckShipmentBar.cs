using System.Globalization;
using OrderTracking.Compliance.V1;
using OrderTracking.TestKit;

namespace OrderTracking.Benchmarks.Screening;

/// <summary>
/// B2: CheckShipment of a whole Host with validation, identity, every call traced and metrics served, against a bare echo of the same
/// messages, verdicts and whole decisions; many questions in one message against one a call; and what the product's own code
/// allocates for a call (B8), beside what both processes do.
/// </summary>
internal static class CheckShipmentBar
{
    private const int Callers = 256;
    private const int Asked = 256;
    private const int Batch = 500;
    private const int Streams = 8;
    private const double OfEcho = 0.75;
    private const double OfSingle = 10;
    private const double OwnBytesMax = 2_048;
    private static readonly TimeSpan Span = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(7);

    public static async Task<IReadOnlyList<Bar>> Measure(bool isShort)
    {
        var metrics = HostProcess.FreePort();
        await using var host = await MeasuredHost.Start(
            program: null, ("Telemetry__PrometheusPort", metrics.ToString(CultureInfo.InvariantCulture)));
        var bars = new List<Bar>();
        foreach (var view in (DecisionView[])[DecisionView.Verdict, DecisionView.Whole])
            bars.AddRange(await Measure(host, view, new Uri($"http://127.0.0.1:{metrics}/metrics"), isShort ? 5 : 15));
        return bars;
    }

    private static async Task<IReadOnlyList<Bar>> Measure(MeasuredHost host, DecisionView view, Uri metrics, int rounds)
    {
        string[] tokens = [.. Enumerable.Range(0, Callers).Select(caller => host.Token($"screener-{caller}", "caller"))];
        var questions = Questions.Some(Asked, view);
        using var product = new Askers(host.Address, tokens, questions);
        var answers = await product.AskEach();
        RequireEveryOutcome(answers);
        await using var echo = EchoProcess.Start(answers);
        using var limit = new Askers(echo.Address, tokens, questions);
        using var allocations = new Allocations(metrics, echo.Allocated);
        await allocations.Reachable();
        await product.Ask(WarmUp);
        await limit.Ask(WarmUp);
        await product.AskInBatches(Batch, Streams, Span);
        var name = view.ToString().ToLowerInvariant();
        var against = await Pairs.Measure($"CheckShipment, {name} / bare echo", rounds, () => product.Ask(Span), () => limit.Ask(Span));
        var batches = await Pairs.Measure(
            $"BatchCheckShipments, {name} / CheckShipment", rounds, () => product.AskInBatches(Batch, Streams, Span), () => product.Ask(Span));
        var (ofProduct, ofEcho) = (await allocations.OfProduct(() => product.Ask(Span), Span), await allocations.OfEcho(() => limit.Ask(Span), Span));
        await Console.Error.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"A call for a {name} allocates {ofProduct:N0} bytes in the Host's process, gRPC, identity and telemetry included, and {ofEcho:N0} in the echo's; an answer has {answers.Average(answer => answer.CalculateSize()):N0} bytes."));
        return
        [
            new Bar("B2", against, OfEcho), new Bar("B2", batches, OfSingle),
            Bar.Exactly("B8", $"bytes the product's own code allocates a CheckShipment, {name}", await OwnAllocations.PerCall(questions), OwnBytesMax),
        ];
    }

    // An echo of one kind of answer would be one of small messages only, or of large ones.
    private static void RequireEveryOutcome(IReadOnlyList<Decision> answers)
    {
        foreach (var outcome in (Outcome[])[Outcome.Cleared, Outcome.Held, Outcome.Blocked])
            if (answers.Count(answer => answer.Outcome == outcome) < answers.Count / 20)
                throw new InvalidOperationException($"Hardly any question is answered {outcome}.");
    }
}
