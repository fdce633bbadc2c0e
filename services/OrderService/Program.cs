using OrderTracking.BuildingBlocks.Hosting;
using OrderTracking.OrderService;

if (HealthProbe.IsAsked(args))
    return await HealthProbe.Run(args);

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.Services.AddOrderService(new OrderOptions { EtagRequired = builder.Configuration.GetValue<bool>("Orders:EtagRequired") });

var app = builder.Build();
app.MapOrderService();
app.MapServiceDefaults();
await app.RunAsync();
return 0;
