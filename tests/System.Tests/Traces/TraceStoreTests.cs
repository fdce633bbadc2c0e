using System.Diagnostics;
using OrderTracking.Host.Traces;
using Xunit;

namespace OrderTracking.SystemTests.Traces;

/// <summary>The store keeps what is young, whole, and within its bounds.</summary>
public sealed class TraceStoreTests : IDisposable
{
    private readonly Spans _spans = new();

    public void Dispose() => _spans.Dispose();

    [Fact]
    public void Full_it_forgets_the_oldest_trace_whole()
    {
        var store = new TraceStore(new TracePageOptions { SpansMax = 100 });
        var traces = Enumerable.Range(0, 60).Select(_ => Pair(store)).ToList();
        Assert.Equal((50, 100, 10L), (store.Counts.Traces, store.Counts.Spans, store.Counts.Forgotten));
        Assert.All(traces.Take(10), id => Assert.Null(store.Find(id)));
        Assert.All(traces.Skip(10), id => Assert.Equal(2, store.Find(id)!.Spans.Count));
        Assert.Equal(traces.Skip(10).Reverse(), store.Newest().Select(trace => trace.Id));
    }

    [Fact]
    public void A_trace_that_goes_on_is_kept_and_the_next_one_is_forgotten()
    {
        var store = new TraceStore(new TracePageOptions { SpansMax = 3 });
        var going = Keep(store, _spans.One("going"));
        var idle = Keep(store, _spans.One("idle"));
        Keep(store, _spans.Under(Context(going), "going on"));
        Keep(store, _spans.Under(Context(going), "going on"));
        Assert.Equal(3, store.Find(going)!.Spans.Count);
        Assert.Null(store.Find(idle));
    }

    [Fact]
    public void A_trace_without_end_fills_its_own_bound_and_says_what_is_left_out()
    {
        var store = new TraceStore(new TracePageOptions { SpansPerTraceMax = 10 });
        var other = Keep(store, _spans.One("other"));
        var endless = Keep(store, _spans.One("endless"));
        for (var span = 0; span < 50; span++)
            Keep(store, _spans.Under(Context(endless), "more"));
        Assert.Equal((10, 41), (store.Find(endless)!.Spans.Count, store.Find(endless)!.LeftOut));
        Assert.NotNull(store.Find(other));
    }

    [Fact]
    public void One_trace_larger_than_the_memory_allowed_is_cut_and_not_forgotten()
    {
        var store = new TraceStore(new TracePageOptions { BytesMax = 20_000 });
        var large = Keep(store, Large());
        for (var span = 0; span < 20; span++)
            Keep(store, _spans.Under(Context(large), "large", [.. Attributes()]));
        Assert.InRange(store.Counts.Bytes, 1, 20_000);
        Assert.True(store.Find(large)!.LeftOut > 0);
        Assert.Equal(21, store.Find(large)!.LeftOut + store.Find(large)!.Spans.Count);
    }

    [Fact]
    public void A_span_takes_no_more_than_it_may_whatever_its_attributes_are()
    {
        var span = _spans.One(new string('n', 100_000), [.. Attributes(count: 500, length: 100_000)]);
        Assert.True(span.AttributesLeftOut > 0);
        Assert.InRange(span.Bytes, 1, 32 * 1024);
        Assert.All(span.Attributes, attribute => Assert.InRange(attribute.Value.Length, 0, KeptSpan.ValueLengthMax));
    }

    [Fact]
    public void The_memory_it_really_takes_is_bounded_by_what_is_configured()
    {
        const int Megabytes = 8;
        var store = new TraceStore(new TracePageOptions { BytesMax = Megabytes * 1024 * 1024, SpansMax = 1_000_000 });
        var before = GC.GetTotalMemory(forceFullCollection: true);
        // Several times what fits, in strings of its own each.
        for (var trace = 0; trace < 20_000; trace++)
            store.Add(_spans.One("trace", [.. Attributes(count: 8, length: 100)]));
        var taken = GC.GetTotalMemory(forceFullCollection: true) - before;
        TestContext.Current.SendDiagnosticMessage($"{store.Counts}: {taken / 1024.0 / 1024.0:F1} MiB taken of {Megabytes}.");
        Assert.True(store.Counts.Forgotten > 10_000);
        Assert.InRange(store.Counts.Bytes, (long)(0.9 * Megabytes * 1024 * 1024), Megabytes * 1024 * 1024);
        // Other tests of the process may allocate meanwhile; without the bound it would be more than four times as much.
        Assert.InRange(taken, 0, 2L * Megabytes * 1024 * 1024);
        GC.KeepAlive(store);
    }

    [Fact]
    public async Task Many_threads_may_add_while_others_read()
    {
        var store = new TraceStore(new TracePageOptions { SpansMax = 500, SpansPerTraceMax = 20 });
        var shared = _spans.One("shared");
        var writers = Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (var span = 0; span < 2_000; span++)
                store.Add(span % 3 == 0 ? _spans.Under(Context(shared.TraceId), "shared") : _spans.One("alone"));
        })).ToList();
        var all = Task.WhenAll(writers);
        while (!all.IsCompleted)
            Assert.All(store.Newest(), trace => Assert.Equal(trace.Spans.Count, trace.Waterfall().Count));
        await all;
        Assert.InRange(store.Counts.Spans, 1, 500);
        Assert.Equal(store.Counts.Spans, store.Newest().Sum(trace => trace.Spans.Count));
        Assert.Equal(store.Counts.Bytes, store.Newest().Sum(trace => trace.Spans.Sum(span => (long)span.Bytes)));
    }

    private ActivityTraceId Pair(TraceStore store)
    {
        var id = Keep(store, _spans.One("parent"));
        return Keep(store, _spans.Under(Context(id), "child"));
    }

    private KeptSpan Large() => _spans.One("large", [.. Attributes()]);

    private static IEnumerable<(string Key, object? Value)> Attributes(int count = 20, int length = 200) =>
        Enumerable.Range(0, count).Select(number => ($"key.{number}", (object?)new string('x', length)));

    private static ActivityTraceId Keep(TraceStore store, KeptSpan span)
    {
        store.Add(span);
        return span.TraceId;
    }

    private static ActivityContext Context(ActivityTraceId id) => new(id, default, ActivityTraceFlags.Recorded);
}
