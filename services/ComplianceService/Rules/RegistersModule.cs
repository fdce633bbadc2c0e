using OrderTracking.ComplianceService.Catalog;
using OrderTracking.ComplianceService.Licences;
using OrderTracking.ComplianceService.Screening;

namespace OrderTracking.ComplianceService.Rules;

/// <summary>Rules, catalogue, licences and what-ifs: the part of compliance that knows no shipment.</summary>
internal static class RegistersModule
{
    /// <summary>After AddDb of <see cref="ComplianceDb"/>: the rules are loaded from it before anything is served.</summary>
    public static IServiceCollection AddRegisters(this IServiceCollection services)
    {
        services.AddSingleton(_ => PackFiles.Load(RulePackFiles.DefaultDirectory));
        services.AddSingleton<Knowledge>();
        services.AddHostedService<KnowledgeStart>();
        services.AddHostedService<KnowledgeRefresh>();
        services.AddSingleton<ReadRules>();
        services.AddSingleton<ProposeAmendment>();
        services.AddSingleton<ReviewAmendment>();
        services.AddSingleton<PublishAmendment>();
        services.AddSingleton<RejectAmendment>();
        services.AddSingleton<ReadParts>();
        services.AddSingleton<RegisterPart>();
        services.AddSingleton<RevisePart>();
        services.AddSingleton<SupplyFacts>();
        services.AddSingleton<ApprovePartRevision>();
        services.AddSingleton<RejectPartRevision>();
        services.AddLicences();
        services.AddSingleton<CheckShipment>();
        services.AddSingleton<BatchCheckShipments>();
        return services;
    }

    public static void MapRegisters(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGrpcService<RulesGrpcService>();
        endpoints.MapGrpcService<CatalogueGrpcService>();
        endpoints.MapGrpcService<LicencesGrpcService>();
    }
}
