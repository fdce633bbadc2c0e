using OrderTracking.ComplianceService.Lists.Clearances;
using OrderTracking.ComplianceService.Lists.Snapshots;

namespace OrderTracking.ComplianceService.Lists;

/// <summary>Party screening: lists and clearances.</summary>
internal static class ListsModule
{
    /// <summary>After the registers: what starts here needs what is known.</summary>
    public static IServiceCollection AddLists(this IServiceCollection services)
    {
        services.AddSingleton(provider => ListOptions.From(provider.GetRequiredService<IConfiguration>()));
        services.AddHostedService<ListsStart>();
        services.AddSingleton<RecordSnapshot>();
        services.AddSingleton<ImportList>();
        services.AddSingleton<DecideSnapshot>();
        services.AddSingleton<ReadSnapshots>();
        services.AddSingleton<ReadEntries>();
        services.AddSingleton<ProposeClearance>();
        services.AddSingleton<DecideClearance>();
        services.AddSingleton<ReadClearances>();
        services.AddSingleton<ScreeningListGrpcService>();
        return services;
    }
}
