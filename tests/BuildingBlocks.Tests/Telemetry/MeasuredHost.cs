using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Hosting;
using OrderTracking.BuildingBlocks.Messaging;
using OrderTracking.BuildingBlocks.Telemetry;
using OrderTracking.BuildingBlocks.Tests.Messaging;
using OrderTracking.Contracts.Compliance;

namespace OrderTracking.BuildingBlocks.Tests.Telemetry;

/// <summary>A process with one database whose metrics can be scraped, and one handler the test holds up or lets fail.</summary>
internal sealed class MeasuredHost : IAsyncDisposable
{
    private static readonly HttpClient Scraper = new();
    private readonly WebApplication _app;

    private MeasuredHost(WebApplication app) => _app = app;

    public ThingsDb Db => _app.Services.GetRequiredService<ThingsDb>();

    /// <summary>Where gRPC is served, and where metrics are.</summary>
    public IReadOnlyList<Uri> Addresses =>
        [.. _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Select(address => new Uri(address))];

    public static async Task<MeasuredHost> Start(TemporaryDirectory directory, Work work)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.AddServiceDefaults(new ServiceHostOptions
        {
            Port = 0,
            Storage = new StorageOptions { DataDirectory = directory.Path },
            Messaging = new MessagingOptions
            {
                SweepInterval = TimeSpan.FromMilliseconds(100),
                RedeliveryInterval = TimeSpan.FromMilliseconds(50),
                ImmediateAttempts = 1,
                RedeliveryDelays = [work.RedeliveredAfter],
            },
            Telemetry = new TelemetryOptions { PrometheusPort = 0, GaugeInterval = TimeSpan.FromMilliseconds(100), ServiceName = "things" },
        });
        builder.Services.AddSingleton(work);
        builder.Services.AddDb<ThingsDb>("things");
        builder.Services.AddEventHandler<AmendmentPublished, WorkHandler, ThingsDb>("things");
        var app = builder.Build();
        app.MapServiceDefaults();
        await app.StartAsync();
        return new MeasuredHost(app);
    }

    /// <summary>Sends so many events of an hour ago in one transaction.</summary>
    public Task Send(int events) => Db.Write(async tx =>
    {
        for (var at = 0; at < events; at++)
        {
            var published = BusHost.NewEvent();
            await Outbox.Add(tx, published.EventId, published, TimeProvider.System.GetUtcNow() - TimeSpan.FromHours(1));
        }
    });

    public Task<long> Count(string rows) => Db.Read(tx => tx.Scalar<long>($"select count(*) from {rows}"));

    public async Task<string> Scrape() => await Scraper.GetStringAsync(new Uri(Addresses[^1], "metrics"));

    /// <summary>The value of a gauge of the database; null where it is not reported.</summary>
    public async Task<double?> Gauge(string name)
    {
        var line = (await Scrape()).Split('\n')
            .SingleOrDefault(line => line.StartsWith(name + "{", StringComparison.Ordinal) && line.Contains("db_namespace=\"things\"", StringComparison.Ordinal));
        return line is null ? null : double.Parse(line[(line.LastIndexOf('}') + 1)..].Trim().Split(' ')[0], CultureInfo.InvariantCulture);
    }

    /// <summary>The sum of a metric over its labels; 0 where it is not reported.</summary>
    /// <summary>The sum of a metric's series with this label; meters are the process's, so what other tests' consumers do is in other series.</summary>
    public async Task<double> Sum(string name, string label = "") => (await Scrape()).Split('\n')
        .Where(line => line.StartsWith(name + "{", StringComparison.Ordinal) && line.Contains(label, StringComparison.Ordinal))
        .Sum(line => double.Parse(line[(line.LastIndexOf('}') + 1)..].Trim().Split(' ')[0], CultureInfo.InvariantCulture));

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}

/// <summary>What the handler does.</summary>
internal sealed class Work
{
    public ManualResetEventSlim Goes { get; } = new(initialState: true);

    public bool Fails { get; init; }

    public TimeSpan RedeliveredAfter { get; init; } = TimeSpan.FromHours(1);
}

internal sealed class WorkHandler(Work work) : IEventHandler<AmendmentPublished>
{
    public Task Handle(Tx tx, AmendmentPublished @event, EventContext context)
    {
        work.Goes.Wait();
        return work.Fails ? throw new InvalidOperationException("as told") : Task.CompletedTask;
    }
}
