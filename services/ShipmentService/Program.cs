using OrderTracking.BuildingBlocks.Hosting;
using OrderTracking.ShipmentService;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.Services.AddShipmentService();

var app = builder.Build();
app.MapShipmentService();
app.MapServiceDefaults();
await app.RunAsync();
