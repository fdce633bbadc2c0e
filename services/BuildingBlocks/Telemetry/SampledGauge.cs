using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace OrderTracking.BuildingBlocks.Telemetry;

/// <summary>
/// A gauge of rows by one label, counted now and then while anybody takes the metric: a scrape never waits for a database. What could not
/// be counted lately is not reported at all.
/// </summary>
public abstract class SampledGauge : BackgroundService
{
    private const int IntervalsMax = 3;

    private readonly string _label;
    private readonly TimeSpan _interval;
    private readonly ILogger _logger;
    private readonly ObservableGauge<long> _gauge;
    private volatile Sample? _sample;

    /// <param name="meters">Makes the meter; it ends with the process's services.</param>
    /// <param name="name">The metric's name, its unit, and what it counts.</param>
    /// <param name="label">What the counts are by.</param>
    /// <param name="interval">How often to count.</param>
    /// <param name="logger">Takes what could not be counted.</param>
    protected SampledGauge(
        IMeterFactory meters, (string Name, string Unit, string Description) name, string label, TimeSpan interval, ILogger logger)
    {
        ArgumentNullException.ThrowIfNull(meters);
        (_label, _interval, _logger) = (label, interval, logger);
        _gauge = meters.Create(DatabaseGauges.MeterName).CreateObservableGauge(name.Name, Observe, name.Unit, name.Description);
    }

    /// <summary>Counts; values that nothing has are zeros.</summary>
    protected abstract Task<IReadOnlyDictionary<string, long>> Count(CancellationToken cancellation);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_interval, TimeProvider.System);
        do
        {
            if (_gauge.Enabled)
                await Take(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task Take(CancellationToken stopping)
    {
        try
        {
            _sample = new Sample(await Count(stopping), Stopwatch.GetTimestamp());
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            Log.NotSampled(_logger, error, _gauge.Name);
        }
    }

    private IEnumerable<Measurement<long>> Observe() =>
        _sample is { } sample && Stopwatch.GetElapsedTime(sample.At) <= _interval * IntervalsMax + TimeSpan.FromSeconds(1)
            ? sample.Counts.Select(count => new Measurement<long>(count.Value, new KeyValuePair<string, object?>(_label, count.Key)))
            : [];

    private sealed record Sample(IReadOnlyDictionary<string, long> Counts, long At);
}
