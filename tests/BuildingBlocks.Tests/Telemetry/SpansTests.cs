using System.Collections.Concurrent;
using System.Diagnostics;
using OrderTracking.BuildingBlocks.Telemetry;

namespace OrderTracking.BuildingBlocks.Tests.Telemetry;

public sealed class SpansTests : IDisposable
{
    private readonly ConcurrentQueue<Activity> _ended = new();
    private readonly ActivityListener _listener;

    public SpansTests()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Spans.SourceName,
            Sample = (ref _) => ActivitySamplingResult.AllData,
            ActivityStopped = _ended.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public void Dispose() => _listener.Dispose();

    [Fact]
    public void One_value_is_a_string_several_are_an_array_and_none_is_there_twice()
    {
        using var activity = Spans.Source.StartActivity("things.tag")!;
        var (one, other) = (Guid.CreateVersion7(TimeProvider.System.GetUtcNow()), Guid.CreateVersion7(TimeProvider.System.GetUtcNow()));
        Spans.Tag("thing.id", one);
        Spans.Tag("thing.id", one);
        Assert.Equal(one.ToString("D"), activity.GetTagItem("thing.id"));
        Spans.Tag("thing.id", other);
        Spans.Tag("thing.id", one);
        Assert.Equal([one.ToString("D"), other.ToString("D")], Assert.IsType<string[]>(activity.GetTagItem("thing.id")));
    }

    [Fact]
    public void An_attribute_has_an_end()
    {
        using var activity = Spans.Source.StartActivity("things.tag")!;
        for (var i = 0; i < 2 * Spans.ValuesMax; i++)
            Spans.Tag("thing.id", Guid.CreateVersion7(TimeProvider.System.GetUtcNow()));
        Assert.Equal(Spans.ValuesMax, Assert.IsType<string[]>(activity.GetTagItem("thing.id")).Length);
    }

    [Fact]
    public void A_mark_is_a_root_linked_to_its_cause_and_what_ran_before_runs_on()
    {
        using var cause = Spans.Source.StartActivity("things.cause")!;
        Spans.Mark("things.mark", cause.Context, [new("thing.id", "1")]);
        Assert.Same(cause, Activity.Current);
        var mark = _ended.Single(activity => activity.OperationName == "things.mark" && activity.Links.Any(link => link.Context == cause.Context));
        Assert.Equal(default, mark.ParentSpanId);
        Assert.NotEqual(cause.TraceId, mark.TraceId);
        Assert.Equal("1", mark.GetTagItem("thing.id"));
    }
}
