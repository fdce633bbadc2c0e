using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrderTracking.BuildingBlocks.Data;

namespace OrderTracking.BuildingBlocks.Telemetry;

/// <summary>
/// What waits in each database, counted now and then: a scrape never waits for a database. What could not be counted lately is not
/// reported at all, so that an alert sees a gap instead of an old number.
/// </summary>
internal sealed class DatabaseGauges : BackgroundService
{
    public const string MeterName = "OrderTracking";

    private const string Database = "db.namespace";
    private const int IntervalsMax = 3;

    private const string Count = """
        select (select count(*) from outbox where published_at is null) as Unpublished,
               (select min(sent_time) from outbox where published_at is null) as OldestSentTime,
               (select count(*) from redeliveries) as Redeliveries,
               (select count(*) from dead_letters where state = 'WAITING') as DeadLetters
        """;

    private const string CountConsumers = "select consumer as Consumer, min(sent_time) as OldestSentTime from redeliveries group by consumer";

    private static readonly DatabaseGauge ConsumerAge = new(
        "ordertracking.consumer.oldest_age", "s", "How long ago the oldest event was sent that a consumer failed on and is to try again.");

    private readonly ConcurrentDictionary<string, (Sample Sample, IReadOnlyList<Counted> Counts, long At)> _samples = new(StringComparer.Ordinal);
    private readonly IReadOnlyList<Db> _databases;
    private readonly ILookup<string, DatabaseCount> _counts;
    private readonly TimeProvider _clock;
    private readonly TelemetryOptions _options;
    private readonly ILogger<DatabaseGauges> _logger;
    private readonly Meter _meter;

    /// <param name="databases">Those of the process.</param>
    /// <param name="counts">What services have counted beside.</param>
    /// <param name="clock">What events are dated by.</param>
    /// <param name="options">How often to count.</param>
    /// <param name="meters">Makes the meter; it ends with the process's services.</param>
    /// <param name="logger">Takes what could not be counted.</param>
    public DatabaseGauges(
        IEnumerable<Db> databases,
        IEnumerable<DatabaseCount> counts,
        TimeProvider clock,
        TelemetryOptions options,
        IMeterFactory meters,
        ILogger<DatabaseGauges> logger)
    {
        _counts = counts.ToLookup(count => count.Database, StringComparer.Ordinal);
        (_databases, _clock, _options, _logger) = ([.. databases], clock, options, logger);
        _meter = meters.Create(MeterName);
        _meter.CreateObservableGauge(
            "ordertracking.outbox.unpublished", () => Observe(sample => sample.Unpublished), "{event}", "Events that are committed and not published yet.");
        _meter.CreateObservableGauge(
            "ordertracking.outbox.oldest_age", () => Observe(AgeOf), "s", "How long ago the oldest event that is not published yet was sent; 0 where there is none.");
        _meter.CreateObservableGauge(
            "ordertracking.redeliveries", () => Observe(sample => sample.Redeliveries), "{event}", "Events that failed and are to be tried again.");
        _meter.CreateObservableGauge(
            "ordertracking.dead_letters", () => Observe(sample => sample.DeadLetters), "{event}", "Events that were given up and that nobody has acted on.");
        foreach (var gauge in _counts.SelectMany(counted => counted).SelectMany(count => count.Gauges).Append(ConsumerAge))
            _meter.CreateObservableGauge(gauge.Name, () => Observe(gauge), gauge.Unit, gauge.Description);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_options.GaugeInterval, TimeProvider.System);
        do
        {
            foreach (var database in _databases)
                await Take(database, stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task Take(Db database, CancellationToken stopping)
    {
        try
        {
            var (sample, counts) = await database.Read(tx => Take(tx, database.Name), stopping);
            _samples[database.Name] = (sample, counts, Stopwatch.GetTimestamp());
        }
        catch (Exception error) when (error is not OperationCanceledException || !stopping.IsCancellationRequested)
        {
            Log.NotCounted(_logger, error, database.Name);
        }
    }

    private async Task<(Sample Sample, IReadOnlyList<Counted> Counts)> Take(Tx tx, string database)
    {
        var now = _clock.GetUtcNow();
        var sample = await tx.QueryFirstOrDefault<Sample>(Count);
        var counts = new List<Counted>();
        foreach (var waiting in await tx.Query<WaitingConsumer>(CountConsumers))
            counts.Add(new Counted(ConsumerAge.Name, Math.Max(0, (now - waiting.OldestSentTime).TotalSeconds), new KeyValuePair<string, object?>("consumer", waiting.Consumer)));
        foreach (var count in _counts[database])
            counts.AddRange(await count.Take(tx, now));
        return (sample!, counts);
    }

    private List<Measurement<T>> Observe<T>(Func<Sample, T> value)
        where T : struct =>
        [.. Fresh().Select(taken => new Measurement<T>(value(taken.Value.Sample), new KeyValuePair<string, object?>(Database, taken.Key)))];

    private List<Measurement<double>> Observe(DatabaseGauge gauge) =>
    [
        .. from taken in Fresh()
           from count in taken.Value.Counts
           where count.Gauge == gauge.Name
           select new Measurement<double>(count.Value, [new KeyValuePair<string, object?>(Database, taken.Key), .. count.Labels]),
    ];

    private IEnumerable<KeyValuePair<string, (Sample Sample, IReadOnlyList<Counted> Counts, long At)>> Fresh() =>
        _samples.Where(taken => Stopwatch.GetElapsedTime(taken.Value.At) <= _options.GaugeInterval * IntervalsMax + TimeSpan.FromSeconds(1));

    // Clocks of two machines differ: an event of a moment to come has waited for nothing.
    private double AgeOf(Sample sample) =>
        sample.OldestSentTime is { } oldest ? Math.Max(0, (_clock.GetUtcNow() - oldest).TotalSeconds) : 0;

    private sealed class Sample
    {
        public long Unpublished { get; init; }

        public DateTimeOffset? OldestSentTime { get; init; }

        public long Redeliveries { get; init; }

        public long DeadLetters { get; init; }
    }

    private sealed class WaitingConsumer
    {
        public string Consumer { get; init; } = "";

        public DateTimeOffset OldestSentTime { get; init; }
    }
}
