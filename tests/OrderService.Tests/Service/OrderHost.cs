using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Hosting;
using OrderTracking.BuildingBlocks.Messaging;
using OrdersApi = OrderTracking.Orders.V1.OrderService;

namespace OrderTracking.OrderService.Tests.Service;

/// <summary>The order service in this process: real server, real files, real bus; the shipment service is a fake.</summary>
internal sealed class OrderHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly GrpcChannel _channel;
    private readonly bool _ownsDirectory;

    private OrderHost(WebApplication app, string directory, bool ownsDirectory)
    {
        (_app, Directory, _ownsDirectory) = (app, directory, ownsDirectory);
        _channel = GrpcChannel.ForAddress(app.Services.GetRequiredService<ServiceAddresses>().Own!);
        Client = As("erp", "caller");
    }

    public string Directory { get; }

    public OrdersApi.OrderServiceClient Client { get; }

    public MovableClock Clock => (MovableClock)_app.Services.GetRequiredService<TimeProvider>();

    public OrdersDb Db => _app.Services.GetRequiredService<OrdersDb>();

    public static async Task<OrderHost> Start(FakeShipments? shipments = null, OrderOptions? options = null, string? directory = null)
    {
        var files = directory ?? System.IO.Directory.CreateTempSubdirectory("orders").FullName;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<TimeProvider>(new MovableClock());
        builder.AddServiceDefaults(new ServiceHostOptions { Port = 0, Storage = new StorageOptions { DataDirectory = files } });
        builder.Services.AddSingleton(shipments ?? new FakeShipments());
        builder.Services.AddOrderService(options);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        var app = builder.Build();
        app.MapOrderService();
        app.MapGrpcService<FakeShipments>();
        app.MapServiceDefaults();
        await app.StartAsync();
        return new OrderHost(app, files, directory is null);
    }

    /// <summary>A client with the identity of somebody.</summary>
    public OrdersApi.OrderServiceClient As(string subject, params string[] roles)
    {
        var token = _app.Services.GetRequiredService<DevelopmentTokens>().Mint(subject, roles, TimeSpan.FromHours(1));
        return new OrdersApi.OrderServiceClient(_channel.Intercept(metadata =>
        {
            metadata.Add("authorization", $"Bearer {token}");
            return metadata;
        }));
    }

    /// <summary>Sends an event over the bus, as another service would.</summary>
    public Task Publish<TEvent>(Guid eventId, TEvent happened)
        where TEvent : class =>
        Db.Write(tx => Outbox.Add(tx, eventId, happened, Clock.Now));

    /// <summary>Stops the server as Ctrl-C would.</summary>
    public Task Stop() => _app.StopAsync();

    /// <summary>Rows of a table.</summary>
    public Task<long> Count(string table) => Db.Read(tx => tx.Scalar<long>($"select count(*) from {table}"));

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        if (_ownsDirectory)
            System.IO.Directory.Delete(Directory, recursive: true);
    }
}
