using System.Diagnostics;

namespace OrderTracking.Host.Traces;

/// <summary>
/// The traces of late, in memory. Full, it forgets the oldest trace whole: half a trace would tell a wrong story. Any thread may call it.
/// </summary>
internal sealed class TraceStore(TracePageOptions options)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<ActivityTraceId, LinkedListNode<Entry>> _byId = [];

    // By the first of their spans that ended, the oldest first.
    private readonly LinkedList<Entry> _byAge = new();
    private long _bytes;
    private int _spans;
    private long _forgotten;

    /// <summary>How full it is.</summary>
    public TraceCounts Counts
    {
        get
        {
            lock (_lock)
                return new TraceCounts(_byAge.Count, _spans, _bytes, _forgotten);
        }
    }

    public void Add(KeptSpan span)
    {
        lock (_lock)
        {
            if (!_byId.TryGetValue(span.TraceId, out var node))
                _byId[span.TraceId] = node = _byAge.AddLast(new Entry(span.TraceId));
            var entry = node.Value;
            if (entry.Spans.Count >= options.SpansPerTraceMax)
            {
                entry.LeftOut++;
                return;
            }

            entry.Spans.Add(span);
            entry.Bytes += span.Bytes;
            _bytes += span.Bytes;
            _spans++;
            while (_spans > options.SpansMax || _bytes > options.BytesMax)
                Shrink(entry);
        }
    }

    /// <summary>Every trace as it is now, the youngest first.</summary>
    public IReadOnlyList<KeptTrace> Newest()
    {
        (ActivityTraceId Id, KeptSpan[] Spans, int LeftOut)[] copies;
        lock (_lock)
            copies = [.. _byAge.Select(entry => (entry.Id, entry.Spans.ToArray(), entry.LeftOut))];
        var traces = Array.ConvertAll(copies, copy => new KeptTrace(copy.Id, copy.Spans, copy.LeftOut));
        Array.Sort(traces, static (one, other) => other.Start.CompareTo(one.Start));
        return traces;
    }

    /// <summary>One trace as it is now; null where it is not kept, or not any more.</summary>
    public KeptTrace? Find(ActivityTraceId id)
    {
        KeptSpan[] spans;
        int leftOut;
        lock (_lock)
        {
            if (!_byId.TryGetValue(id, out var node))
                return null;
            (spans, leftOut) = ([.. node.Value.Spans], node.Value.LeftOut);
        }

        return new KeptTrace(id, spans, leftOut);
    }

    private void Shrink(Entry added)
    {
        var oldest = _byAge.First!;
        if (oldest.Value != added)
        {
            _byAge.RemoveFirst();
            _byId.Remove(oldest.Value.Id);
            (_bytes, _spans) = (_bytes - oldest.Value.Bytes, _spans - oldest.Value.Spans.Count);
            _forgotten++;
        }
        else if (_byAge.Count > 1)
        {
            // A trace that goes on is not old: the next one is.
            _byAge.RemoveFirst();
            _byAge.AddLast(oldest);
        }
        else
        {
            // One trace that fills everything: its end is left out.
            var last = added.Spans[^1];
            added.Spans.RemoveAt(added.Spans.Count - 1);
            added.Bytes -= last.Bytes;
            added.LeftOut++;
            (_bytes, _spans) = (_bytes - last.Bytes, _spans - 1);
        }
    }

    private sealed class Entry(ActivityTraceId id)
    {
        public ActivityTraceId Id { get; } = id;

        public List<KeptSpan> Spans { get; } = [];

        public int LeftOut { get; set; }

        public long Bytes { get; set; }
    }
}

/// <summary>How full the store is.</summary>
/// <param name="Traces">Traces kept.</param>
/// <param name="Spans">Spans kept.</param>
/// <param name="Bytes">Memory they take, estimated.</param>
/// <param name="Forgotten">Traces forgotten since the start, for those that came after them.</param>
internal readonly record struct TraceCounts(int Traces, int Spans, long Bytes, long Forgotten);
