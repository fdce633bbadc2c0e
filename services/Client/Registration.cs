using Microsoft.Extensions.DependencyInjection;

namespace OrderTracking.Client;

/// <summary>Registers the clients.</summary>
public static class Registration
{
    /// <summary>Registers <see cref="OrderTrackingClients"/> and each generated client, as singletons.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Sets addresses, token and patience.</param>
    /// <exception cref="InvalidOperationException">Thrown with the first use: an option cannot work.</exception>
    public static IServiceCollection AddOrderTrackingClients(this IServiceCollection services, Action<OrderTrackingClientOptions> configure)
    {
        var options = new OrderTrackingClientOptions();
        configure(options);
        services.AddSingleton(_ => new OrderTrackingClients(options));
        Add(services, clients => clients.Orders);
        Add(services, clients => clients.Shipments);
        Add(services, clients => clients.Compliance);
        Add(services, clients => clients.Holds);
        Add(services, clients => clients.Licences);
        Add(services, clients => clients.Rules);
        Add(services, clients => clients.Catalogue);
        Add(services, clients => clients.ScreeningLists);
        Add(services, clients => clients.Outlook);
        Add(services, clients => clients.Impact);
        Add(services, clients => clients.Replay);
        Add(services, clients => clients.Audit);
        Add(services, clients => clients.Operations);
        return services;
    }

    private static void Add<TClient>(IServiceCollection services, Func<OrderTrackingClients, TClient> find)
        where TClient : class =>
        services.AddSingleton(provider => find(provider.GetRequiredService<OrderTrackingClients>()));
}
