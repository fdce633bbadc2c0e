using OrderTracking.ComplianceService.Outlook.Windows;

namespace OrderTracking.ComplianceService.Outlook;

/// <summary>What looks ahead: windows of ship dates, what to expedite, remedies, and the guard against pulling forward unseen.</summary>
internal static class OutlookModule
{
    public static IServiceCollection AddOutlook(this IServiceCollection services)
    {
        services.AddSingleton<OutlookSubjects>();
        services.AddSingleton<GetShippingWindows>();
        services.AddSingleton<OutlookGrpcService>();
        return services;
    }
}
