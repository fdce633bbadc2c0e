using OrderTracking.BuildingBlocks.Hosting;
using OrderTracking.ShipmentService;

return await ServiceProcess.Run(
    args,
    ["Shipments:"],
    builder => builder.Services.AddShipmentService(ShipmentOptions.From(builder.Configuration)),
    app => app.MapShipmentService());
