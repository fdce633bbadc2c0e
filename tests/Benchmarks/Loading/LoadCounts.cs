using System.Collections.Concurrent;
using System.Diagnostics;
using Google.Rpc;
using Grpc.Core;
using HdrHistogram;

namespace OrderTracking.Benchmarks.Loading;

/// <summary>What becomes of the calls. Many threads write; one reads, once a second and at the end.</summary>
internal sealed class LoadCounts
{
    private const int Digits = 3;
    private static readonly long HighestMicroseconds = (long)TimeSpan.FromHours(1).TotalMicroseconds;
    private readonly Recorder _recent = HistogramFactory.With64BitBucketSize().WithValuesUpTo(HighestMicroseconds).WithPrecisionOf(Digits).WithThreadSafeWrites().WithThreadSafeReads().Create();
    private readonly LongHistogram _all = new(HighestMicroseconds, Digits);
    private readonly LongHistogram _sendingDelays = new(HighestMicroseconds, Digits);
    private readonly ConcurrentDictionary<string, long> _refusals = new(StringComparer.Ordinal);
    private HistogramBase? _spare;
    private long _sent;
    private long _answered;
    private long _failed;
    private long _shed;

    public long Sent => Interlocked.Read(ref _sent);

    public long Answered => Interlocked.Read(ref _answered);

    public long Failed => Interlocked.Read(ref _failed);

    public long Shed => Interlocked.Read(ref _shed);

    public long InFlight => Sent - Answered - Failed;

    public IReadOnlyDictionary<string, long> Refusals => _refusals;

    /// <summary>Latencies of all calls that were answered, as far as <see cref="TakeRecent"/> has taken them.</summary>
    public HistogramBase Latencies => _all;

    /// <summary>How much later than they were due calls were sent.</summary>
    public HistogramBase SendingDelays => _sendingDelays;

    /// <summary>Called by the one thread that sends.</summary>
    public void Send(TimeSpan delay)
    {
        _sendingDelays.RecordValue(Microseconds(delay));
        Interlocked.Increment(ref _sent);
    }

    public void ShedOne() => Interlocked.Increment(ref _shed);

    /// <param name="due">When the call should have been sent, as <see cref="Stopwatch"/> counts.</param>
    public void Answer(long due)
    {
        _recent.RecordValue(Microseconds(Stopwatch.GetElapsedTime(due)));
        Interlocked.Increment(ref _answered);
    }

    public void Fail(RpcException error)
    {
        var reason = error.GetRpcStatus()?.GetDetail<ErrorInfo>()?.Reason;
        _refusals.AddOrUpdate(reason is { Length: > 0 } ? reason : error.StatusCode.ToString(), 1, (_, count) => count + 1);
        Interlocked.Increment(ref _failed);
    }

    /// <summary>The latencies since it was asked last; valid until it is asked again.</summary>
    public HistogramBase TakeRecent()
    {
        _spare = _recent.GetIntervalHistogram(_spare);
        _all.Add(_spare);
        return _spare;
    }

    private static long Microseconds(TimeSpan span) => Math.Clamp((long)span.TotalMicroseconds, 1, HighestMicroseconds);
}
