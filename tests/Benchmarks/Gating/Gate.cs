using OrderTracking.Benchmarks.Reporting;

namespace OrderTracking.Benchmarks.Gating;

/// <summary>
/// Refuses a change that makes something slower. What else the machine does hits a few pairs and not the median of many: where a bar has fallen,
/// it is measured again, and all pairs together are judged.
/// </summary>
internal static class Gate
{
    private const int MeasurementsMax = 3;

    public static async Task<int> Run(RecordedRatios recorded, IReadOnlyList<string> names, bool isShort, string? json)
    {
        var (all, faults) = (new List<Bar>(), new List<string>());
        foreach (var name in names)
        {
            var (bars, wrong) = await Judge(recorded, name, () => Bars.ByName[name](isShort), Progress.Say);
            all.AddRange(bars);
            faults.AddRange(wrong);
            foreach (var bar in bars)
                Console.Out.WriteLine(bar.Words);
        }

        JsonReport.Write(json, all);
        foreach (var fault in faults)
            Console.Error.WriteLine(fault);
        Console.Out.WriteLine(faults.Count == 0 ? "gate: nothing fell" : "gate: FAILED");
        return faults.Count == 0 ? 0 : 1;
    }

    /// <summary>Measures a bar, again while it seems to have fallen, and says what is wrong in the end.</summary>
    public static async Task<(IReadOnlyList<Bar> Bars, IReadOnlyList<string> Faults)> Judge(
        RecordedRatios recorded, string id, Func<Task<IReadOnlyList<Bar>>> measure, Func<string, Task> say)
    {
        var bars = await measure();
        var faults = Judgement.Faults(recorded, id, bars);
        for (var times = 1; faults.Count > 0 && times < MeasurementsMax; times++)
        {
            await say($"{faults[0]} It is measured again ({times + 1} of at most {MeasurementsMax} times); the pairs of all measurements count.");
            bars = Pool(bars, await measure());
            faults = Judgement.Faults(recorded, id, bars);
        }

        return (bars, faults);
    }

    private static List<Bar> Pool(IReadOnlyList<Bar> before, IReadOnlyList<Bar> again) =>
        [.. again.Select(bar => bar.Ratio is { } ratio && before.FirstOrDefault(one => one.Name == bar.Name)?.Ratio is { } first
            ? new Bar(bar.Id, first.And(ratio), bar.AtLeast!.Value)
            : bar)];
}
