using OrderTracking.ComplianceService.Licences.Changes;
using OrderTracking.ComplianceService.Licences.Exceptions;

namespace OrderTracking.ComplianceService.Licences;

/// <summary>The register of licences and exceptions.</summary>
internal static class LicencesModule
{
    public static IServiceCollection AddLicences(this IServiceCollection services)
    {
        services.AddSingleton<LicenceDesk>();
        services.AddSingleton<RegisterLicence>();
        services.AddSingleton<AmendLicence>();
        services.AddSingleton<ChangeState>();
        services.AddSingleton<RecordNotification>();
        services.AddSingleton<ReadLicences>();
        services.AddSingleton<ReadHistory>();
        return services;
    }
}
