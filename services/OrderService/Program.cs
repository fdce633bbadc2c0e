using OrderTracking.BuildingBlocks.Hosting;
using OrderTracking.OrderService;

return await ServiceProcess.Run(
    args,
    ["Orders:"],
    builder => builder.Services.AddOrderService(
        new OrderOptions { EtagRequired = builder.Configuration.GetValue<bool>("Orders:EtagRequired") }),
    app => app.MapOrderService());
