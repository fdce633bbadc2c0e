using OrderTracking.BuildingBlocks.Hosting;
using OrderTracking.ComplianceService;

if (HealthProbe.IsAsked(args))
    return await HealthProbe.Run(args);

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.Services.AddComplianceService();
var app = builder.Build();
app.MapComplianceService().MapServiceDefaults();
await app.RunAsync();
return 0;
