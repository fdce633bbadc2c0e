namespace OrderTracking.ComplianceService.Replay;

/// <summary>Replay and look-back as a part of compliance.</summary>
internal static class ReplayModule
{
    public static IServiceCollection AddReplay(this IServiceCollection services)
    {
        services.AddSingleton<ReplayDecision>();
        return services;
    }

    public static WebApplication MapReplay(this WebApplication app)
    {
        app.MapGrpcService<ReplayGrpcService>();
        return app;
    }
}
