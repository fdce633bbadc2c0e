using Grpc.AspNetCore.Server;
using OrderTracking.ComplianceService.Audit.Anchoring;
using OrderTracking.ComplianceService.Audit.Chain;
using OrderTracking.ComplianceService.Audit.SignIns;
using OrderTracking.ComplianceService.Audit.Verification;

namespace OrderTracking.ComplianceService.Audit;

/// <summary>The audit trail: chain, sign-ins, checkpoints, anchors, verification.</summary>
internal static class AuditModule
{
    /// <summary>After AddDb of <see cref="ComplianceDb"/>: what was recorded before is taken into the chain before anything is served.</summary>
    public static IServiceCollection AddAudit(this IServiceCollection services)
    {
        services.AddSingleton(provider => AuditOptions.From(provider.GetRequiredService<IConfiguration>()));
        services.AddSingleton<AnchorFile>();
        services.AddSingleton<AnchorKeeper>();
        services.AddHostedService<ChainStart>();
        services.AddHostedService<AuditWorker>();
        services.AddSingleton<RecordSignIns>();
        services.AddSingleton<SignInInterceptor>();
        // Behind the one that lets calls through: only who may call signs in.
        services.Configure<GrpcServiceOptions>(options => options.Interceptors.Add<SignInInterceptor>());
        services.AddSingleton<VerifyTrail>();
        return services;
    }
}
