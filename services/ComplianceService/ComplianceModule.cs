using Microsoft.Extensions.DependencyInjection.Extensions;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Jobs;
using OrderTracking.BuildingBlocks.Messaging;
using OrderTracking.BuildingBlocks.Messaging.DeadLetters;
using OrderTracking.ComplianceService.Audit;
using OrderTracking.ComplianceService.Decisions;
using OrderTracking.ComplianceService.Holds;
using OrderTracking.ComplianceService.Impact;
using OrderTracking.ComplianceService.Lists;
using OrderTracking.ComplianceService.Outlook;
using OrderTracking.ComplianceService.Permits;
using OrderTracking.ComplianceService.Recheck;
using OrderTracking.ComplianceService.Releases;
using OrderTracking.ComplianceService.Replay;
using OrderTracking.ComplianceService.Rules;
using OrderTracking.ComplianceService.Screening;
using OrderTracking.ComplianceService.Shipments;
using OrderTracking.ComplianceService.Telemetry;
using OrderTracking.Contracts.Shipments;
using OrderTracking.Wire;

namespace OrderTracking.ComplianceService;

/// <summary>Compliance as a module of a process.</summary>
public static class ComplianceModule
{
    private const string ConnectionName = "compliance";
    private const string Queue = "compliance";

    /// <summary>Adds rules, catalogue, licences, screening, holds and permits, with their database and what they take from the bus.</summary>
    public static IServiceCollection AddComplianceService(this IServiceCollection services)
    {
        services.AddDb<ComplianceDb>(ConnectionName);
        services.AddSingleton(CountCompliance.Of(ConnectionName));
        services.AddSingleton(DecisionSpans.Kept).TryAddSingleton(SpanKeys.Resources);
        services.AddSingleton(provider => ComplianceOptions.From(provider.GetRequiredService<IConfiguration>()));
        services.AddRegisters();
        services.AddLists();
        services.AddJobs<ComplianceDb>();
        services.AddAudit(Queue);
        services.AddSingleton(new DeadLetterWitness(
            ConnectionName, (tx, act) => AuditLog.Record(tx, act.Actor, act.Action, act.Name, AuditLog.Done, act.Detail, act.At)));
        services.AddImpact();
        AddDecisions(services);
        AddHolds(services);
        services.AddOutlook();
        services.AddReplay();
        services.AddSingleton<RecheckWorker>();
        services.AddHostedService(provider => provider.GetRequiredService<RecheckWorker>());
        services.AddEventHandler<ShipmentPlanned, FollowShipments, ComplianceDb>(Queue);
        services.AddEventHandler<ShipmentRevised, FollowShipments, ComplianceDb>(Queue);
        services.AddEventHandler<ShipmentCancelled, FollowShipments, ComplianceDb>(Queue);
        services.AddEventHandler<ShipmentDispatched, FollowShipments, ComplianceDb>(Queue);
        services.AddEventHandler<ShipmentMilestoneRecorded, FollowShipments, ComplianceDb>(Queue);
        services.AddEventHandler<ShipmentReturned, FollowShipments, ComplianceDb>(Queue);
        return services;
    }

    /// <summary>Maps the services of compliance.</summary>
    public static WebApplication MapComplianceService(this WebApplication app)
    {
        app.MapGrpcService<ComplianceGrpcService>();
        app.MapGrpcService<HoldGrpcService>();
        app.MapGrpcService<OutlookGrpcService>();
        app.MapGrpcService<OperationsService<ComplianceDb>>();
        app.MapGrpcService<ImpactGrpcService>();
        app.MapRegisters();
        app.MapReplay();
        app.MapAudit();
        app.MapGrpcService<ScreeningListGrpcService>();
        return app;
    }

    private static void AddDecisions(IServiceCollection services)
    {
        services.AddSingleton<RecheckSignal>();
        services.AddHostedService<TermsOfOldDecisions>();
        services.AddSingleton<Judge>();
        services.AddSingleton<ScreenShipment>();
        services.AddSingleton<CheckDeparture>();
        services.AddSingleton<RecheckPermit>();
        services.AddSingleton<RecheckShipment>();
        services.AddSingleton<RecheckBatch>();
        services.AddSingleton<RecheckSweep>();
        services.AddSingleton<AuthorizeDispatch>();
        services.AddSingleton<ReadDecisions>();
        services.AddSingleton<ReadPermits>();
        services.AddSingleton<ComplianceGrpcService>();
    }

    private static void AddHolds(IServiceCollection services)
    {
        services.AddSingleton<HoldDesk>();
        services.AddSingleton<ReadHolds>();
        services.AddSingleton<PlaceHold>();
        services.AddSingleton<AssignHold>();
        services.AddSingleton<ProposeRelease>();
        services.AddSingleton<ApproveRelease>();
        services.AddSingleton<BatchApproveReleases>();
        services.AddSingleton<RejectRelease>();
        services.AddSingleton<ReadReleases>();
        services.AddSingleton<HoldGrpcService>();
    }
}
