using Grpc.AspNetCore.HealthChecks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.BuildingBlocks.Messaging;

namespace OrderTracking.BuildingBlocks.Hosting;

/// <summary>
/// gRPC health: <c>live</c> serves while the process runs; <c>""</c> and each service's full name serve while databases are
/// migrated and take transactions; <c>messaging</c> while events travel. A broker that is away makes no service unready: calls are
/// taken and events wait.
/// </summary>
internal static class ServiceHealth
{
    private const string Ready = "ready";
    private const string Live = "live";
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    public static void AddServiceHealth(this IServiceCollection services)
    {
        services.AddGrpcHealthChecks(options => options.Services.Clear())
            .AddCheck("process", () => HealthCheckResult.Healthy(), [Live])
            .AddCheck<DatabasesReady>("databases", tags: [Ready]);
        services.AddOptions<GrpcHealthChecksOptions>().Configure<AccessTable>((options, table) =>
        {
            options.Services.Map(Live, check => check.Tags.Contains(Live));
            options.Services.Map(EventBus.HealthTag, check => check.Tags.Contains(EventBus.HealthTag));
            options.Services.Map("", check => check.Tags.Contains(Ready));
            foreach (var service in table.Services)
                options.Services.Map(service, check => check.Tags.Contains(Ready));
        });
        // Watchers hear of a change when it is published, so this is how late they may be.
        services.Configure<HealthCheckPublisherOptions>(options => (options.Delay, options.Period) = (TimeSpan.Zero, Period));
    }
}
