using OrderTracking.ComplianceService.Outlook.Expedite;
using OrderTracking.ComplianceService.Outlook.PullForwards;
using OrderTracking.ComplianceService.Outlook.Remedies;
using OrderTracking.ComplianceService.Outlook.Windows;

namespace OrderTracking.ComplianceService.Outlook;

/// <summary>What looks ahead: windows of ship dates, what to expedite, remedies, and the guard against pulling forward unseen.</summary>
internal static class OutlookModule
{
    public static IServiceCollection AddOutlook(this IServiceCollection services)
    {
        services.AddSingleton(provider => PullForwardOptions.From(provider.GetRequiredService<IConfiguration>()));
        services.AddSingleton<GuardPullForward>();
        services.AddSingleton<OutlookSubjects>();
        services.AddSingleton<GetShippingWindows>();
        services.AddSingleton<ListExpeditable>();
        services.AddSingleton<FindRemedies>();
        services.AddSingleton<OutlookGrpcService>();
        return services;
    }
}
