using Grpc.AspNetCore.Server;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.BuildingBlocks.Jobs;
using OrderTracking.BuildingBlocks.Messaging;
using OrderTracking.ComplianceService.Audit.Anchoring;
using OrderTracking.ComplianceService.Audit.Chain;
using OrderTracking.ComplianceService.Audit.Evidence;
using OrderTracking.ComplianceService.Audit.Retention;
using OrderTracking.ComplianceService.Audit.Search;
using OrderTracking.ComplianceService.Audit.SignIns;
using OrderTracking.ComplianceService.Audit.Verification;
using OrderTracking.Contracts.Orders;
using OrderTracking.Contracts.Shipments;

namespace OrderTracking.ComplianceService.Audit;

/// <summary>The audit trail: chain, sign-ins, checkpoints, anchors, verification.</summary>
internal static class AuditModule
{
    /// <summary>After AddDb of <see cref="ComplianceDb"/>: what was recorded before is taken into the chain before anything is served.</summary>
    public static IServiceCollection AddAudit(this IServiceCollection services, string queue)
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
        services.AddSingleton<VerifyAuditTrail>();
        services.AddJob<VerifyJob, ComplianceDb>();
        services.AddSingleton<ReadTrail>();
        services.AddSingleton<EvidenceStatements>();
        services.AddSingleton<ExportEvidence>();
        services.AddSingleton<SearchRecords>();
        services.AddSingleton<ReadRetention>();
        services.AddSingleton<RecordRetentionEvent>();
        services.AddSingleton<PlaceLegalHold>();
        services.AddSingleton<LiftLegalHold>();
        services.AddSingleton<PurgeRecords>();
        services.AddSingleton<AuditGrpcService>();
        services.AddEventHandler<DispatchRefused, RefusedDispatches, ComplianceDb>(queue);
        services.AddSingleton<IRefusedCalls, RefusedDispatches>();
        services.AddEventHandler<OrderPlaced, IndexOrders, ComplianceDb>(queue);
        services.AddEventHandler<OrderAmended, IndexOrders, ComplianceDb>(queue);
        return services;
    }

    public static void MapAudit(this IEndpointRouteBuilder endpoints) => endpoints.MapGrpcService<AuditGrpcService>();
}
