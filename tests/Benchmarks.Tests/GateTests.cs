using OrderTracking.Benchmarks.Gating;
using Xunit;

namespace OrderTracking.Benchmarks.Tests;

/// <summary>What the gate lets pass and what it refuses.</summary>
public sealed class GateTests
{
    private const string Name = "PlaceOrder / limit";
    private static readonly RecordedRatios Half = RecordedRatios.Parse(Recorded(0.5));

    [Fact]
    public void A_ratio_as_recorded_passes() => Assert.Empty(Judgement.Faults(Half, "B3", [Measured(0.5)]));

    [Fact]
    public void A_ratio_just_above_four_fifths_passes() => Assert.Empty(Judgement.Faults(Half, "B3", [Measured(0.401)]));

    [Fact]
    public void A_ratio_below_four_fifths_fails_and_the_fault_says_why()
    {
        var fault = Assert.Single(Judgement.Faults(Half, "B3", [Measured(0.399)]));
        Assert.Contains("fell to 0.399 (of 5 pairs); recorded is 0.500 (measured first), allowed at least 0.400", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_recorded_ratio_that_is_too_high_fails() =>
        Assert.NotEmpty(Judgement.Faults(RecordedRatios.Parse(Recorded(0.7)), "B3", [Measured(0.5)]));

    [Fact]
    public void One_bad_pair_of_five_does_not_fail() => Assert.Empty(Judgement.Faults(Half, "B3", [Measured(0.5, 0.5, 0.1, 0.5, 0.1)]));

    [Fact]
    public void What_is_measured_and_not_recorded_fails() =>
        Assert.Contains("not recorded", Assert.Single(Judgement.Faults(Half, "B3", [Measured(0.5), Measured("another", 1)])), StringComparison.Ordinal);

    [Fact]
    public void What_is_recorded_and_not_measured_fails() =>
        Assert.Contains("was not measured", Assert.Single(Judgement.Faults(Half, "B3", [])), StringComparison.Ordinal);

    [Fact]
    public void What_is_no_ratio_is_judged_by_its_own_bar()
    {
        Assert.Empty(Judgement.Faults(Half, "B3", [Measured(0.5), Bar.Exactly("B3", "bytes", 0, atMost: 0)]));
        Assert.NotEmpty(Judgement.Faults(Half, "B3", [Measured(0.5), Bar.Exactly("B3", "bytes", 1, atMost: 0)]));
    }

    [Fact]
    public void What_is_no_ratio_and_recorded_may_not_grow()
    {
        var recorded = RecordedRatios.Parse("""[{"id":"B2","name":"bytes","value":1000,"reason":"measured first"}]""");
        Assert.Empty(Judgement.Faults(recorded, "B2", [Bar.Exactly("B8", "bytes", 1_200, atMost: 900)]));
        Assert.Contains("grew to 1300.0", Assert.Single(Judgement.Faults(recorded, "B2", [Bar.Exactly("B8", "bytes", 1_300, atMost: 2_000)])), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_noisy_measurement_is_measured_again_and_all_pairs_count()
    {
        var measurements = new Queue<Bar>([Measured(0.3), Measured(0.5, 0.5, 0.5, 0.5, 0.5, 0.5)]);
        var (bars, faults) = await Gate.Judge(Half, "B3", () => Task.FromResult<IReadOnlyList<Bar>>([measurements.Dequeue()]), _ => Task.CompletedTask);
        Assert.Empty(faults);
        Assert.Equal(11, Assert.Single(bars).Ratio!.Pairs.Count);
    }

    [Fact]
    public async Task What_has_really_fallen_fails_after_three_measurements()
    {
        var times = 0;
        var (bars, faults) = await Gate.Judge(Half, "B3", () => Task.FromResult<IReadOnlyList<Bar>>([Measured(0.39 + times++ * 0.001)]), _ => Task.CompletedTask);
        Assert.Single(faults);
        Assert.Equal((3, 15), (times, Assert.Single(bars).Ratio!.Pairs.Count));
    }

    [Theory]
    [InlineData("[]", "lets everything pass")]
    [InlineData("""[{"id":"B3","name":"x","value":0,"reason":"y"}]""", "allowed is a number above 0")]
    [InlineData("""[{"id":"B3","name":"x","value":1,"reason":" "}]""", "has no reason")]
    [InlineData("""[{"id":"B3","name":"x","value":1,"reason":"y"},{"id":"B3","name":"x","value":2,"reason":"y"}]""", "twice")]
    public void A_file_that_would_let_things_pass_is_refused(string text, string why) =>
        Assert.Contains(why, Assert.Throws<FormatException>(() => RecordedRatios.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void The_recorded_file_of_the_repository_can_be_read()
    {
        Assert.True(RecordedRatios.TryRead(Path.Combine(AppContext.BaseDirectory, "recorded.json"), out var recorded, out var wrong), wrong);
        Assert.Empty(recorded!.Names.Except(Bars.ByName.Keys));
    }

    private static string Recorded(double ratio) =>
        FormattableString.Invariant($$"""[{"id":"B3","name":"{{Name}}","value":{{ratio}},"reason":"measured first"}]""");

    private static Bar Measured(params double[] ratios) => Measured(Name, ratios);

    private static Bar Measured(string name, params double[] ratios) =>
        new("B3", new Ratio(name, [.. (ratios.Length == 1 ? [.. Enumerable.Repeat(ratios[0], 5)] : ratios).Select(ratio => (ratio * 1_000, 1_000d))]), atLeast: 0.45);
}
