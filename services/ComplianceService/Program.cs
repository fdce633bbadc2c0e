using OrderTracking.BuildingBlocks.Hosting;
using OrderTracking.ComplianceService;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.Services.AddComplianceService();
var app = builder.Build();
app.MapComplianceService().MapServiceDefaults();
await app.RunAsync();
