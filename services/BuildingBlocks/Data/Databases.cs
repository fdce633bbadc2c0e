using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace OrderTracking.BuildingBlocks.Data;

/// <summary>Registers databases.</summary>
public static class Databases
{
    /// <summary>
    /// Registers a service's database as a singleton: the file <paramref name="connectionName"/><c>.db</c>, or what
    /// <c>ConnectionStrings:</c><paramref name="connectionName"/> names, as <see cref="StorageOptions"/> say. Before any hosted service
    /// starts a file is migrated, and a server's database is looked at: one that lacks migrations stops the start.
    /// </summary>
    /// <typeparam name="TDb">Has a constructor that takes <see cref="DbOptions"/> beside registered services.</typeparam>
    public static IServiceCollection AddDb<TDb>(this IServiceCollection services, string connectionName)
        where TDb : Db
    {
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<TDb>(
            provider, provider.GetRequiredService<StorageOptions>().OptionsOf(connectionName)));
        services.AddSingleton<Db>(provider => provider.GetRequiredService<TDb>());
        services.TryAddSingleton<DatabaseMigration>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, DatabaseMigration>(
            provider => provider.GetRequiredService<DatabaseMigration>()));
        return services;
    }
}
