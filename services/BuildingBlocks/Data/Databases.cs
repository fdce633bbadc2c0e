using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace OrderTracking.BuildingBlocks.Data;

/// <summary>Registers databases.</summary>
public static class Databases
{
    /// <summary>
    /// Registers a service's database as a singleton whose file is <paramref name="connectionName"/><c>.db</c> in the directory of
    /// <see cref="StorageOptions"/>. It is migrated before any hosted service starts.
    /// </summary>
    /// <typeparam name="TDb">Has a constructor that takes <see cref="DbOptions"/> beside registered services.</typeparam>
    public static IServiceCollection AddDb<TDb>(this IServiceCollection services, string connectionName)
        where TDb : Db
    {
        services.AddSingleton(provider =>
        {
            var storage = provider.GetRequiredService<StorageOptions>();
            return ActivatorUtilities.CreateInstance<TDb>(
                provider, new DbOptions { ConnectionName = connectionName, DataDirectory = storage.DataDirectory });
        });
        services.AddSingleton<Db>(provider => provider.GetRequiredService<TDb>());
        services.TryAddSingleton<DatabaseMigration>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, DatabaseMigration>(
            provider => provider.GetRequiredService<DatabaseMigration>()));
        return services;
    }
}

/// <summary>Where the databases of a process are.</summary>
public sealed record StorageOptions
{
    /// <summary>The only provider there is in this version.</summary>
    public const string Sqlite = "Sqlite";

    /// <summary>The provider; <c>Sqlite</c>.</summary>
    public string Provider { get; init; } = Sqlite;

    /// <summary>The directory of the database files.</summary>
    public string DataDirectory { get; init; } = "data";

    /// <summary>Refuses a provider this version does not have.</summary>
    /// <exception cref="InvalidOperationException">The provider is another than <c>Sqlite</c>.</exception>
    public void Check()
    {
        if (Provider != Sqlite)
            throw new InvalidOperationException($"Storage:Provider is '{Provider}'; this version has only '{Sqlite}'.");
    }
}
