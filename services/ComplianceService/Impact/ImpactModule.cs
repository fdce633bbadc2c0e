using OrderTracking.BuildingBlocks.Jobs;
using OrderTracking.ComplianceService.Impact.Exposure;

namespace OrderTracking.ComplianceService.Impact;

/// <summary>What a draft would do, and what depends on the rules.</summary>
internal static class ImpactModule
{
    public static IServiceCollection AddImpact(this IServiceCollection services)
    {
        services.AddJob<SimulationJob, ComplianceDb>();
        services.AddJob<ExposureJob, ComplianceDb>();
        services.AddSingleton<DraftSource>();
        services.AddSingleton<SimulateAmendment>();
        services.AddSingleton<ReportExposure>();
        services.AddSingleton<ReadImpactRows>();
        services.AddSingleton<StreamImpactRows>();
        services.AddSingleton<ImpactGrpcService>();
        return services;
    }
}
