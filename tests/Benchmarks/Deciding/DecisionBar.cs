using System.Diagnostics;
using System.Globalization;
using OrderTracking.ComplianceService.Catalog;
using OrderTracking.ComplianceService.Rules;
using OrderTracking.ComplianceService.Screening;

namespace OrderTracking.Benchmarks.Deciding;

/// <summary>B1: outcome and all rules that apply, in process, against an if-chain written by hand, against Microsoft RulesEngine, and with 1,000 rules.</summary>
internal static class DecisionBar
{
    private const int Shipments = 1024;
    private const int ManyRules = 1000;
    private const double OfIfChain = 0.5;
    private const double OfPeer = 100;
    private const double OfManyRules = 1 / 6d;
    private static readonly TimeSpan Round = TimeSpan.FromMilliseconds(250);

    public static async Task<IReadOnlyList<Bar>> Measure(bool isShort)
    {
        var facts = Chips.Some(Shipments);
        var catalogue = Catalogue.Build([]);
        Inputs[] inputs = [.. facts.Select(one => Inputs.Of(one, DecisionEngine.Resolve(one.Item, TwentyRules.KnownAt, catalogue)))];
        ChainFacts[] chain = [.. facts.Select(one => new ChainFacts(one))];
        PeerFacts[] peer = [.. facts.Select(one => new PeerFacts(one))];
        var (twenty, many) = (TwentyRules.Day(0), TwentyRules.Day(ManyRules - TwentyRules.Count));
        var engine = new OtherEngine();
        await RequireSameAnswers(inputs, chain, peer, twenty, many, engine);
        var rounds = isShort ? 7 : 25;
        var limit = await Pairs.Measure("decision / if-chain", rounds, () => Decide(inputs, twenty), () => Chain(chain));
        var against = await Pairs.Measure("decision / RulesEngine", rounds, () => Decide(inputs, twenty), () => Peer(peer, engine));
        var growth = await Pairs.Measure("decision at 1,000 rules / at 20", rounds, () => Decide(inputs, many), () => Decide(inputs, twenty));
        var allocated = Allocated(inputs, twenty);
        return
        [
            new Bar("B1", limit, OfIfChain), new Bar("B1", against, OfPeer), new Bar("B1", growth, OfManyRules),
            Bar.Exactly("B1", "bytes allocated a decision", allocated, 0),
        ];
    }

    private static async Task RequireSameAnswers(Inputs[] inputs, ChainFacts[] chain, PeerFacts[] peer, RuleDay twenty, RuleDay many, OtherEngine engine)
    {
        var fired = new List<FiredRule>();
        var some = 0u;
        for (var at = 0; at < inputs.Length; at++)
        {
            fired.Clear();
            var outcome = DecisionEngine.Evaluate(inputs[at], twenty, fired);
            var ours = fired.Aggregate(0u, (bits, one) => bits | 1u << Number(one));
            fired.Clear();
            DecisionEngine.Evaluate(inputs[at], many, fired);
            var among = fired.Where(one => Number(one) < TwentyRules.Count).Aggregate(0u, (bits, one) => bits | 1u << Number(one));
            if (ours != IfChain.Fired(chain[at], out var expected) || outcome != expected || ours != await engine.Fired(peer[at]) || ours != among)
                throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"Shipment {at} is decided otherwise by the limit or the peer."));
            some |= ours;
        }

        if (int.PopCount((int)some) < TwentyRules.Count - 1)
            throw new InvalidOperationException("Rules are never met by the shipments that are measured.");
    }

    private static int Number(FiredRule fired) => int.Parse(fired.Bound.Amendment.Rule.AsSpan(5), CultureInfo.InvariantCulture);

    private static Task<double> Decide(Inputs[] inputs, RuleDay day) => Rate(inputs.Length, () =>
    {
        var fired = Fired;
        var sum = 0UL;
        foreach (var one in inputs)
        {
            fired.Clear();
            sum ^= (ulong)DecisionEngine.Evaluate(one, day, fired) + (ulong)fired.Count;
        }

        return sum;
    });

    private static Task<double> Chain(ChainFacts[] facts) => Rate(facts.Length, () =>
    {
        var sum = 0UL;
        foreach (var one in facts)
            sum ^= IfChain.Fired(one, out var outcome) + (ulong)outcome;
        return sum;
    });

    private static Task<double> Peer(PeerFacts[] facts, OtherEngine engine) => Rate(facts.Length, () =>
    {
        var sum = 0UL;
        foreach (var one in facts)
            sum ^= engine.Fired(one).AsTask().GetAwaiter().GetResult();
        return sum;
    });

    [ThreadStatic]
    private static List<FiredRule>? _fired;

    private static List<FiredRule> Fired => _fired ??= new List<FiredRule>(TwentyRules.Count * 4);

    private static Task<double> Rate(int items, Func<ulong> pass)
    {
        var (passes, kept) = (0L, 0UL);
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < Round)
        {
            kept ^= pass();
            passes++;
        }

        GC.KeepAlive(kept);
        return Task.FromResult(passes * items / Stopwatch.GetElapsedTime(started).TotalSeconds);
    }

    private static double Allocated(Inputs[] inputs, RuleDay day)
    {
        var fired = new List<FiredRule>(TwentyRules.Count * 4);
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var one in inputs)
        {
            fired.Clear();
            DecisionEngine.Evaluate(one, day, fired);
        }

        return (GC.GetAllocatedBytesForCurrentThread() - before) / (double)inputs.Length;
    }
}
