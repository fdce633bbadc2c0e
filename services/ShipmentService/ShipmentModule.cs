using Microsoft.Extensions.DependencyInjection.Extensions;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.BuildingBlocks.Hosting;
using OrderTracking.BuildingBlocks.Messaging;
using OrderTracking.Contracts.Compliance;
using OrderTracking.ShipmentService.Changes;
using OrderTracking.Contracts.Orders;
using OrderTracking.ShipmentService.Dispatches;
using OrderTracking.ShipmentService.Milestones;
using OrderTracking.ShipmentService.OrderChanges;
using OrderTracking.ShipmentService.Shipments;
using OrderTracking.ShipmentService.Stuck;
using OrderTracking.ShipmentService.Watching;
using OrderTracking.Wire;
using ComplianceApi = OrderTracking.Compliance.V1.ComplianceService;

namespace OrderTracking.ShipmentService;

/// <summary>The shipment service as a module of whatever process hosts it.</summary>
public static class ShipmentModule
{
    private const string ServiceName = "shipments";

    /// <summary>Adds the service, its database and what it takes of the bus. After <c>AddServiceDefaults</c>.</summary>
    /// <param name="services">The process's services.</param>
    /// <param name="options">Null: the defaults.</param>
    public static IServiceCollection AddShipmentService(this IServiceCollection services, ShipmentOptions? options = null)
    {
        services.AddDb<ShipmentsDb>(ServiceName);
        services.AddServiceClient<ComplianceApi.ComplianceServiceClient>("compliance", subject: ServiceName);
        services.TryAddSingleton(SpanKeys.Resources);
        services.TryAddSingleton(options ?? new ShipmentOptions());
        services.AddSingleton<ChangeSignal>().AddSingleton<SaveShipment>().AddSingleton<ChangeShipment>().AddSingleton<FollowOrder>();
        services.AddSingleton<GetShipment>().AddSingleton<ListShipments>().AddSingleton<WatchShipments>().AddSingleton<ListStuckShipments>();
        services.AddSingleton<SplitShipment>().AddSingleton<RescheduleShipment>().AddSingleton<CancelShipment>();
        services.AddSingleton<RecordMilestone>().AddSingleton<ReturnShipment>().AddSingleton<TakeOrderChange>();
        services.AddSingleton<DispatchShipment>().AddSingleton<AskCompliance>().AddSingleton<FinishDispatch>();
        services.AddHostedService<ResumeDispatches>();
        services.AddSingleton<IRefusedCalls, RememberRefusedDispatch>();
        services.AddHostedService<HearOtherProcesses>();
        services.AddSingleton(CountStuckShipments.Of(ServiceName, (options ?? new ShipmentOptions()).Stuck));
        services.AddEventHandler<OrderPlaced, TakeOrderEvents, ShipmentsDb>(ServiceName);
        services.AddEventHandler<OrderAmended, TakeOrderEvents, ShipmentsDb>(ServiceName);
        services.AddEventHandler<OrderCancelled, TakeOrderEvents, ShipmentsDb>(ServiceName);
        services.AddEventHandler<ShipmentScreened, ScreenShipment, ShipmentsDb>(ServiceName);
        services.AddEventHandler<PermitRevoked, RecallShipment, ShipmentsDb>(ServiceName);
        return services;
    }

    /// <summary>Maps the service's calls. Before <c>MapServiceDefaults</c>.</summary>
    public static WebApplication MapShipmentService(this WebApplication app)
    {
        app.MapGrpcService<ShipmentsGrpcService>();
        return app;
    }
}
