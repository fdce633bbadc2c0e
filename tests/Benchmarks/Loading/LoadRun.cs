using System.Diagnostics;
using System.Globalization;
using Grpc.Core;

namespace OrderTracking.Benchmarks.Loading;

/// <summary>
/// Sends calls when they are due. A server that falls behind is not spared: its backlog grows, up to a bound, and each latency counts from when the
/// call was due, so that what was sent late, here or there, is late.
/// </summary>
internal sealed class LoadRun(LoadOptions options, LoadCalls calls)
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly LoadCounts _counts = new();
    private readonly List<LoadSecond> _seconds = [];

    public async Task<LoadReport> Run(CancellationToken stop)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var started = Stopwatch.GetTimestamp();
        // A thread of its own: no call that is answered may keep the next one from being sent.
        var sending = Task.Factory.StartNew(() => Send(started, stop), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        var telling = Tell(started, ended.Token);
        await sending;
        var elapsed = Stopwatch.GetElapsedTime(started);
        var (answered, inFlight) = (_counts.Answered, _counts.InFlight);
        await Drained();
        await ended.CancelAsync();
        await telling;
        _counts.TakeRecent();
        return LoadReport.Of(options, _counts, _seconds, elapsed, answered, inFlight);
    }

    private void Send(long started, CancellationToken stop)
    {
        var ticksACall = (double)Stopwatch.Frequency / options.Rate;
        for (var number = 0L; number < options.Calls; number++)
        {
            var due = started + (long)(number * ticksACall);
            if (!WaitUntil(due, stop))
                return;
            if (_counts.InFlight >= options.InFlightMax)
                _counts.ShedOne();
            else
                _ = Call(number, due);
        }

        WaitUntil(started + (long)(options.Calls * ticksACall), stop);
    }

    // To the millisecond: spinning for more would take a core from whatever is measured on the same machine.
    private static bool WaitUntil(long due, CancellationToken stop)
    {
        while (Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due) is { Ticks: > 0 } left)
        {
            if (stop.WaitHandle.WaitOne((int)Math.Ceiling(left.TotalMilliseconds)))
                return false;
        }

        return !stop.IsCancellationRequested;
    }

    private async Task Call(long number, long due)
    {
        _counts.Send(Stopwatch.GetElapsedTime(due));
        try
        {
            await calls.Call(number).ConfigureAwait(false);
            _counts.Answer(due);
        }
        catch (RpcException error)
        {
            _counts.Fail(error);
        }
    }

    // Calls have a deadline, so it ends.
    private async Task Drained()
    {
        while (_counts.InFlight > 0)
            await Task.Delay(TimeSpan.FromMilliseconds(5));
    }

    private async Task Tell(long started, CancellationToken ended)
    {
        using var timer = new PeriodicTimer(Second);
        try
        {
            while (await timer.WaitForNextTickAsync(ended))
                await TellOnce(Stopwatch.GetElapsedTime(started));
        }
        catch (OperationCanceledException)
        {
            // The run has ended.
        }
    }

    private async Task TellOnce(TimeSpan elapsed)
    {
        var recent = _counts.TakeRecent();
        var second = new LoadSecond(
            Math.Round(elapsed.TotalSeconds, 1), recent.TotalCount, _counts.Failed - _seconds.Sum(one => one.Failed), _counts.Shed - _seconds.Sum(one => one.Shed),
            _counts.InFlight, LoadReport.Milliseconds(recent, 50), LoadReport.Milliseconds(recent, 99));
        _seconds.Add(second);
        await Progress.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"{elapsed.TotalSeconds:N0} of {options.Duration.TotalSeconds:N0} s: {second.Answered:N0} answered, {second.Failed:N0} failed, {second.Shed:N0} shed, {second.InFlight:N0} in flight, p50 {second.P50:N1} ms, p99 {second.P99:N1} ms"));
    }
}
