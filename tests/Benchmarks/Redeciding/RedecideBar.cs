using System.Diagnostics;
using System.Globalization;
using OrderTracking.TestKit;

namespace OrderTracking.Benchmarks.Redeciding;

/// <summary>
/// B6: an amendment is published over a million open shipments and one in fourteen flips. The time from the call to the last flip with its decision,
/// terms, hold, entries of the chain and events being durable is compared with a plain read of the same shipments plus the same rows written by
/// prepared inserts (<see cref="FlipLimit"/>): what is read and what is written, with nothing decided. The read alone is printed beside it. From the
/// fifteenth pair on the shipments that flip are held already, and are held for one rule more.
/// </summary>
internal static class RedecideBar
{
    private const double OfLimit = 0.5;
    private const double FirstHoldMilliseconds = 200;
    private const double P99OfQuiet = 2;
    private const double MegabytesMax = 1_000;
    private static readonly TimeSpan Within = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan QuietSpan = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(2);

    public static async Task<IReadOnlyList<Bar>> Measure(bool isShort)
    {
        await using var process = await ComplianceProcess.Start();
        using var limit = new FlipLimit(process.Copy, process.Rows);
        var rounds = new Rounds(process, limit);
        await rounds.Product();
        limit.Run(-1);
        rounds.Forget();
        var ratio = await Pairs.Measure(
            "re-check / plain read and prepared inserts of the same rows", isShort ? 5 : 15, rounds.Product, () => Task.FromResult(rounds.Limit()));
        await rounds.Check();
        Console.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"B6 {process.Count:N0} shipments, {rounds.FlipsOfOne:N0} flips of {limit.RowsOfFlip} rows; plain read alone {limit.Run(-1).Seconds:0.00} s; "
            + $"first hold at worst {rounds.FirstHolds.Max():0} ms; p99 quiet {P99(rounds.QuietAsked):0.0} and {P99(rounds.QuietWritten):0.0} ms, "
            + $"during {P99(rounds.BusyAsked):0.0} and {P99(rounds.BusyWritten):0.0} ms"));
        return
        [
            new Bar("B6", ratio, OfLimit),
            Bar.Exactly("B6", "milliseconds to the first durable hold, median", Median(rounds.FirstHolds), FirstHoldMilliseconds),
            Bar.Exactly("B6", "p99 of CheckShipment during / quiet", P99(rounds.BusyAsked) / P99(rounds.QuietAsked), P99OfQuiet),
            Bar.Exactly("B6", "p99 of RegisterLicence during / quiet", P99(rounds.BusyWritten) / P99(rounds.QuietWritten), P99OfQuiet),
            Bar.Exactly("B6", "MB of memory at most", process.PeakMegabytes, MegabytesMax),
        ];
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static double P99(List<double> values) => values.Order().ElementAt((int)(values.Count * 0.99));

    private sealed class Rounds(ComplianceProcess process, FlipLimit limit)
    {
        private readonly LiveCalls _live = new(process);
        private int _published;
        private int _limited;

        public List<double> FirstHolds { get; } = [];

        public List<double> QuietAsked { get; } = [];

        public List<double> QuietWritten { get; } = [];

        public List<double> BusyAsked { get; } = [];

        public List<double> BusyWritten { get; } = [];

        public long FlipsOfOne => Flips(1);

        public void Forget()
        {
            foreach (var list in (List<double>[])[FirstHolds, QuietAsked, QuietWritten, BusyAsked, BusyWritten])
                list.Clear();
        }

        public async Task<double> Product()
        {
            var (number, seconds) = (_published++, 0.0);
            var destination = number % SampleGoods.Destinations.Length;
            var proposed = await process.Shop.Propose(
                $"BENCH-{number:000}", new AmendmentSketch("Jetson", SampleGoods.Destinations[destination], DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime)));
            var quiet = await _live.During(() => Task.Delay(QuietSpan));
            var busy = await _live.During(async () => seconds = await Publish(proposed, Flips(destination)));
            QuietAsked.AddRange(quiet.Asked);
            QuietWritten.AddRange(quiet.Written);
            BusyAsked.AddRange(busy.Asked);
            BusyWritten.AddRange(busy.Written);
            await process.Quiet();
            return process.Count / seconds;
        }

        public double Limit() => process.Count / limit.Run(_limited++ % SampleGoods.Destinations.Length).Seconds;

        /// <summary>Every shipment that an amendment concerns has one hold more, one decision more and their entries in the chain.</summary>
        public Task Check()
        {
            var flips = Enumerable.Range(0, _published).Sum(number => Flips(number % SampleGoods.Destinations.Length));
            foreach (var (sql, expected) in ((string, long)[])[
                ("select count(*) from holds", flips),
                ("select count(*) from decisions", process.Count + flips),
                ("select count(*) from audit_chain where kind = 'HOLD'", flips),
                ("select count(*) from audit_chain where kind = 'DECISION'", process.Count + flips)])
                if (process.Look(sql) is var found && found != expected)
                    throw new InvalidOperationException($"{sql} says {found} and not {expected}.");
            return Task.CompletedTask;
        }

        private async Task<double> Publish(Compliance.V1.Amendment proposed, long flips)
        {
            const string last = "select coalesce(max(seq), 0) from holds";
            var before = process.Look(last);
            var started = Stopwatch.GetTimestamp();
            var publishing = process.Shop.Publish(proposed);
            var first = TimeSpan.Zero;
            while (process.Look(last) is var now && now < before + flips)
            {
                if (first == TimeSpan.Zero && now > before)
                    first = Stopwatch.GetElapsedTime(started);
                if (Stopwatch.GetElapsedTime(started) > Within)
                    throw new TimeoutException($"{now - before} of {flips} holds after {Within}.");
                await Task.Delay(LookInterval);
            }

            var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
            FirstHolds.Add(first.TotalMilliseconds);
            await publishing;
            return seconds;
        }

        private long Flips(int destination) =>
            Enumerable.Range(0, SampleGoods.Kinds).Where(kind => kind % SampleGoods.Destinations.Length == destination)
                .Sum(kind => (long)((process.Count / SampleGoods.Kinds) + (kind < process.Count % SampleGoods.Kinds ? 1 : 0)));
    }
}
