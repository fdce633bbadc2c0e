using Microsoft.Extensions.DependencyInjection;
using OrderTracking.ComplianceService;
using OrderTracking.Contracts;
using OrderTracking.OrderService;
using OrderTracking.ShipmentService;
using Xunit;

namespace OrderTracking.SystemTests.Contracts;

/// <summary>
/// Whoever publishes declares the queues by <see cref="EventQueues"/>: an event a service takes but the list lacks would be lost before that service
/// first runs.
/// </summary>
public sealed class EventQueueTests
{
    private const string Subscription = "OrderTracking.BuildingBlocks.Messaging.EventSubscription";

    [Fact]
    public void The_queues_that_publishers_declare_hold_what_the_services_take_and_nothing_else()
    {
        var services = new ServiceCollection();
        services.AddOrderService(new OrderOptions()).AddShipmentService().AddComplianceService();
        Assert.Equal(Listed(), Taken(services).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_service_that_is_missing_is_seen()
    {
        var services = new ServiceCollection();
        services.AddOrderService(new OrderOptions()).AddComplianceService();
        Assert.Contains("shipments OrderPlaced", Listed().Except(Taken(services)));
    }

    private static List<string> Listed() =>
        [.. EventQueues.ByQueue.SelectMany(queue => queue.Value.Select(type => $"{queue.Key} {type.Name}")).Order(StringComparer.Ordinal)];

    // Several handlers of a queue may take the same event.
    private static IEnumerable<string> Taken(IServiceCollection services) => services
        .Where(service => service.ServiceType.FullName == Subscription)
        .Select(service => service.ImplementationInstance!)
        .Select(taken => $"{taken.GetType().GetProperty("Queue")!.GetValue(taken)} {taken.GetType().GetGenericArguments()[0].Name}")
        .Distinct();
}
