using OrderTracking.BuildingBlocks.Jobs;

namespace OrderTracking.ComplianceService.Replay;

/// <summary>Replay and look-back as a part of compliance.</summary>
internal static class ReplayModule
{
    public static IServiceCollection AddReplay(this IServiceCollection services)
    {
        services.AddSingleton<ReplayDecision>();
        services.AddSingleton<ReplayDecisions>();
        services.AddSingleton<ScanDispatched>();
        services.AddSingleton<StreamRows>();
        services.AddJob<ReplayJob, ComplianceDb>();
        services.AddJob<LookBackJob, ComplianceDb>();
        return services;
    }

    public static WebApplication MapReplay(this WebApplication app)
    {
        app.MapGrpcService<ReplayGrpcService>();
        return app;
    }
}
