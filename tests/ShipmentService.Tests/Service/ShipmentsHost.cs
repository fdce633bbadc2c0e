using System.Text.Json;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Hosting;
using OrderTracking.BuildingBlocks.Messaging;
using OrderTracking.Contracts;
using Api = OrderTracking.Shipments.V1;
using ShipmentsClient = OrderTracking.Shipments.V1.ShipmentService.ShipmentServiceClient;

namespace OrderTracking.ShipmentService.Tests.Service;

/// <summary>The shipment service alone in a process of its own kind: real server, real database, real bus, scripted compliance.</summary>
internal sealed class ShipmentsHost : IAsyncDisposable
{
    public static readonly ShipmentOptions Impatient = new() { AuthorizeDeadline = TimeSpan.FromSeconds(2), ResumeInterval = TimeSpan.FromMilliseconds(100) };
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly string _directory;
    private readonly ShipmentOptions _options;
    private WebApplication _app = null!;
    private GrpcChannel _channel = null!;

    private ShipmentsHost(string directory, FakeCompliance compliance, ShipmentOptions options)
    {
        _directory = directory;
        _options = options;
        Compliance = compliance;
    }

    public FakeCompliance Compliance { get; }

    public MovableClock Clock { get; } = new(Given.Now);

    /// <summary>Calls as an internal system.</summary>
    public ShipmentsClient Caller { get; private set; } = null!;

    /// <summary>Calls as the order service.</summary>
    public ShipmentsClient Orders { get; private set; } = null!;

    public ShipmentsDb Db => _app.Services.GetRequiredService<ShipmentsDb>();

    public static async Task<ShipmentsHost> Start(ShipmentOptions? options = null)
    {
        var host = new ShipmentsHost(
            Directory.CreateTempSubdirectory("shipments-").FullName, await FakeCompliance.Start(), options ?? Impatient);
        await host.Begin();
        return host;
    }

    /// <summary>Tells the service to stop; its clients stay.</summary>
    public Task Stop() => _app.StopAsync();

    public async Task StopProcess()
    {
        _channel.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopProcess();
        await Compliance.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    public ShipmentsClient ClientOf(string subject, params string[] roles) =>
        new(_channel.Intercepted(_app.Services.GetRequiredService<DevelopmentTokens>().Mint(subject, roles, TimeSpan.FromHours(1))));

    /// <summary>Sends an event as another service would; it comes over the bus.</summary>
    public Task Publish<TEvent>(Guid eventId, TEvent @event)
        where TEvent : class => Db.Write(tx => Outbox.Add(tx, eventId, @event, Clock.GetUtcNow()));

    /// <summary>The events of a kind the service has sent, in order.</summary>
    public async Task<IReadOnlyList<TEvent>> Sent<TEvent>()
    {
        var bodies = await Db.Read(tx => tx.Query<string>(
            "select body from outbox where type = @type order by seq", new { type = EventTypes.NameOf(typeof(TEvent)) }));
        return [.. bodies.Select(body => JsonSerializer.Deserialize<TEvent>(body, JsonSerializerOptions.Web)!)];
    }

    /// <summary>How many rows a table has.</summary>
    public Task<long> Count(string table) => Db.Read(tx => tx.Scalar<long>($"select count(*) from {table}"));

    /// <summary>How many rows every table has that a change may touch.</summary>
    public async Task<string> Rows()
    {
        string[] tables = ["shipments", "shipment_changes", "date_changes", "milestones", "outbox", "requests", "dispatch_attempts"];
        var counts = new List<string>();
        foreach (var table in tables)
            counts.Add($"{table} {await Count(table)}");
        return string.Join(", ", counts);
    }

    public async Task<Api.Shipment> Get(string name) => await Caller.GetShipmentAsync(new Api.GetShipmentRequest { Name = name });

    /// <summary>Looks again until a condition holds, or fails.</summary>
    public static async Task<T> Eventually<T>(Func<Task<T>> look, Func<T, bool> holds)
    {
        var until = TimeProvider.System.GetUtcNow() + Patience;
        while (true)
        {
            var seen = await look();
            if (holds(seen))
                return seen;
            Assert.True(TimeProvider.System.GetUtcNow() < until, $"still not after {Patience}: {seen}");
            await Task.Delay(20);
        }
    }

    /// <summary>Starts the service, again on the same files after it was stopped.</summary>
    public async Task Begin()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(
            new Dictionary<string, string?> { ["Services:compliance:Address"] = Compliance.Address });
        builder.Services.AddSingleton<TimeProvider>(Clock);
        builder.AddServiceDefaults(new ServiceHostOptions { Port = 0, Storage = new StorageOptions { DataDirectory = _directory } });
        builder.Services.AddShipmentService(_options);
        _app = builder.Build();
        _app.MapShipmentService();
        _app.MapServiceDefaults();
        await _app.StartAsync();
        _channel = GrpcChannel.ForAddress(_app.Services.GetRequiredService<ServiceAddresses>().Own!);
        Caller = ClientOf("erp", "caller");
        Orders = ClientOf("orders", "service");
    }
}
