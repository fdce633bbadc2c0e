using OrderTracking.BuildingBlocks.Hosting;
using OrderTracking.ComplianceService;

return await ServiceProcess.Run(
    args, ["Compliance:"], builder => builder.Services.AddComplianceService(), app => app.MapComplianceService());
