using OrderTracking.Benchmarks.Gating;
using OrderTracking.Benchmarks.Reporting;

namespace OrderTracking.Benchmarks;

/// <summary>Measures the bars that are asked for: 0, every one is met (with a gate: none fell below it); 1, not so; 2, misused.</summary>
internal static class BarsCommand
{
    private const string Latency = "latency";

    public static async Task<int> Run(IReadOnlyList<string> args)
    {
        string[] known = [.. Bars.ByName.Keys, Latency];
        if (!Arguments.TryParse(args, ["--json", "--gate"], ["--short"], out var arguments, out var wrong))
            return Refuse(wrong);
        var recorded = default(RecordedRatios);
        if (arguments.Find("--gate") is { } file && !RecordedRatios.TryRead(file, out recorded, out var unreadable))
            return Refuse([unreadable]);
        var named = arguments.Words is [] && recorded is not null ? recorded.Names : arguments.Words;
        IReadOnlyList<string> asked = named is [] or ["all"] ? known : named;
        if (asked.Except(known, StringComparer.OrdinalIgnoreCase).ToList() is { Count: > 0 } unknown)
            return Refuse([.. unknown.Select(name => $"'{name}' is not measured here; allowed are {string.Join(", ", known)}, all (or nothing), --short, --json FILE and --gate FILE.")]);
        var names = known.Intersect(asked, StringComparer.OrdinalIgnoreCase).ToList();
        Console.Out.WriteLine(MachineFacts.Read().ToString());
        if (recorded is not null)
            return await Gate.Run(recorded, names, arguments.Has("--short"), arguments.Find("--json"));
        var bars = new List<Bar>();
        foreach (var name in names)
            bars.AddRange(await Measure(name, arguments.Has("--short")));
        JsonReport.Write(arguments.Find("--json"), bars);
        return bars.TrueForAll(bar => bar.IsMet) ? 0 : 1;
    }

    private static async Task<IReadOnlyList<Bar>> Measure(string name, bool isShort)
    {
        if (name == Latency)
        {
            DecisionLatency.Print(rulesAdded: 0);
            DecisionLatency.Print(rulesAdded: 500 - DecisionLatency.PackRules);
            return [];
        }

        await Progress.Say($"{name} begins");
        var bars = await Bars.ByName[name](isShort);
        foreach (var bar in bars)
            Console.Out.WriteLine(bar.Words);
        return bars;
    }

    private static int Refuse(IEnumerable<string> wrong)
    {
        foreach (var one in wrong)
            Console.Error.WriteLine(one);
        return 2;
    }
}
