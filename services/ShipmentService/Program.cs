using OrderTracking.BuildingBlocks.Hosting;
using OrderTracking.ShipmentService;

if (HealthProbe.IsAsked(args))
    return await HealthProbe.Run(args);

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.Services.AddShipmentService();

var app = builder.Build();
app.MapShipmentService();
app.MapServiceDefaults();
await app.RunAsync();
return 0;
