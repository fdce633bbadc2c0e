using OrderTracking.BuildingBlocks.Hosting;
using OrderTracking.OrderService;

return await ServiceProcess.Run(
    args,
    ["Orders:"],
    builder => builder.Services.AddOrderService(OrderOptions.From(builder.Configuration)),
    app => app.MapOrderService());
