using Microsoft.Extensions.DependencyInjection.Extensions;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Hosting;
using OrderTracking.BuildingBlocks.Messaging;
using OrderTracking.Contracts.Compliance;
using OrderTracking.Contracts.Shipments;
using OrderTracking.OrderService.Changes;
using OrderTracking.OrderService.Orders;
using OrderTracking.OrderService.Shipments;
using OrderTracking.OrderService.Stuck;
using OrderTracking.OrderService.Timeline;
using OrderTracking.Wire;
using ShipmentsApi = OrderTracking.Shipments.V1.ShipmentService;

namespace OrderTracking.OrderService;

/// <summary>The order service as a part of any process.</summary>
public static class OrderModule
{
    private const string Name = "orders";

    /// <summary>Adds the service: its database, its event handlers, its background work. After the service defaults.</summary>
    /// <param name="options">Null: the defaults.</param>
    public static IServiceCollection AddOrderService(this IServiceCollection services, OrderOptions? options = null)
    {
        services.AddDb<OrdersDb>(Name);
        services.AddServiceClient<ShipmentsApi.ShipmentServiceClient>("shipments", subject: Name);
        services.TryAddSingleton(SpanKeys.Resources);
        services.AddSingleton(options ?? new OrderOptions());
        services.AddSingleton<OrderSignals>().AddSingleton<OrderTurns>().AddSingleton<ChangeWalk>().AddSingleton<RecordEvent>();
        services.AddSingleton<PlaceOrder>().AddSingleton<AmendOrder>().AddSingleton<CancelOrder>();
        services.AddSingleton<ListOrders>().AddSingleton<GetOrderTimeline>().AddSingleton<WatchOrder>().AddSingleton<ListStuckOrders>();
        services.AddHostedService<ResumeChanges>();
        services.AddHostedService<HearOtherProcesses>();
        services.AddSingleton(CountStuckOrders.Of(Name, (options ?? new OrderOptions()).Stuck));
        return services.AddShipmentEvents().AddComplianceEvents();
    }

    /// <summary>Maps the service's methods. Before the service defaults are mapped.</summary>
    public static WebApplication MapOrderService(this WebApplication app)
    {
        app.MapGrpcService<OrdersGrpcService>();
        return app;
    }

    private static IServiceCollection AddShipmentEvents(this IServiceCollection services) => services
        .AddEventHandler<ShipmentPlanned, TakeShipmentEvents, OrdersDb>(Name)
        .AddEventHandler<ShipmentRevised, TakeShipmentEvents, OrdersDb>(Name)
        .AddEventHandler<ShipmentCancelled, TakeShipmentEvents, OrdersDb>(Name)
        .AddEventHandler<ShipmentDispatched, TakeShipmentEvents, OrdersDb>(Name)
        .AddEventHandler<ShipmentMilestoneRecorded, TakeShipmentEvents, OrdersDb>(Name)
        .AddEventHandler<ShipmentReturned, TakeShipmentEvents, OrdersDb>(Name);

    private static IServiceCollection AddComplianceEvents(this IServiceCollection services) => services
        .AddEventHandler<ShipmentScreened, TakeComplianceEvents, OrdersDb>(Name)
        .AddEventHandler<HoldOpened, TakeComplianceEvents, OrdersDb>(Name)
        .AddEventHandler<HoldSettled, TakeComplianceEvents, OrdersDb>(Name)
        .AddEventHandler<HoldVoided, TakeComplianceEvents, OrdersDb>(Name)
        .AddEventHandler<ReleaseProposed, TakeComplianceEvents, OrdersDb>(Name)
        .AddEventHandler<ReleaseRejected, TakeComplianceEvents, OrdersDb>(Name)
        .AddEventHandler<ReleaseVoided, TakeComplianceEvents, OrdersDb>(Name)
        .AddEventHandler<PermitGranted, TakeComplianceEvents, OrdersDb>(Name)
        .AddEventHandler<PermitRevoked, TakeComplianceEvents, OrdersDb>(Name);
}
