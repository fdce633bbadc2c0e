using System.Text.Json;
using Grpc.Net.Client.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OrderTracking.Orders.V1;
using Xunit;

namespace OrderTracking.Client.Tests;

/// <summary>The service config over every method of the descriptors.</summary>
public sealed class ServiceConfigTests
{
    [Fact]
    public void Every_method_is_classified_and_each_kind_is_there()
    {
        var kinds = ApiMethods.All.ToLookup(ApiMethods.KindOf, method => method.Name);
        Assert.True(kinds[CallKind.Read].Count() > 35 && kinds[CallKind.RepeatableWrite].Count() > 35, "Hardly any method was seen.");
        Assert.Equal(["TakeOrderChange", "DeleteOperation", "CancelOperation"], kinds[CallKind.Write]);
        string[] verbs = ["Get", "List", "Watch", "Stream", "Check", "BatchCheck", "Export", "Search", "Find", "Wait"];
        Assert.Equal(["ReplayDecision"], kinds[CallKind.Read].Where(name => !verbs.Any(verb => name.StartsWith(verb, StringComparison.Ordinal))));
        Assert.DoesNotContain(kinds[CallKind.RepeatableWrite], name => verbs.Any(verb => name.StartsWith(verb, StringComparison.Ordinal)));
    }

    [Fact]
    public void No_write_is_hedged_and_none_is_repeated_without_a_request_id()
    {
        foreach (var config in new[] { SafeRetries.OfReads(), SafeRetries.OfRepeatableCalls() })
            Assert.DoesNotContain(Hedged(config), IsWrite);
        Assert.DoesNotContain(Retried(SafeRetries.OfReads()), IsWrite);
        Assert.All(Retried(SafeRetries.OfRepeatableCalls()), name => Assert.NotEqual(CallKind.Write, KindOf(name)));
        // The same looks find a config that does what must not be done.
        var wrong = new ServiceConfig
        {
            MethodConfigs =
            {
                new MethodConfig { Names = { Name("PlaceOrder") }, HedgingPolicy = new HedgingPolicy() },
                new MethodConfig { Names = { Name("AmendOrder") }, RetryPolicy = new RetryPolicy() },
            },
        };
        Assert.Contains(Hedged(wrong), IsWrite);
        Assert.Contains(Retried(wrong), IsWrite);
    }

    [Fact]
    public void The_file_in_the_package_is_what_the_protos_say()
    {
        var file = Path.Combine(Programs.Root, "services", "Client", "service-config.json");
        if (Environment.GetEnvironmentVariable("ORDERTRACKING_ACCEPT") == "1")
            File.WriteAllText(file, SafeRetries.ToJson());
        Assert.Equal(SafeRetries.ToJson(), File.ReadAllText(file));
        using var json = JsonDocument.Parse(SafeRetries.ToJson());
        var named = json.RootElement.GetProperty("methodConfig").EnumerateArray().SelectMany(config => config.GetProperty("name").EnumerateArray()).ToList();
        Assert.Equal(Hedged(SafeRetries.OfReads()).Count() + Retried(SafeRetries.OfReads()).Count(), named.Count);
        Assert.Equal(named.Count, named.Select(name => name.ToString()).Distinct().Count());
    }

    [Fact]
    public void Each_client_is_registered_over_the_same_connections()
    {
        var services = new ServiceCollection().AddOrderTrackingClients(options => options.Address = new Uri("http://127.0.0.1:1"));
        using var provider = services.BuildServiceProvider();
        Assert.Same(provider.GetRequiredService<OrderTrackingClients>().Orders, provider.GetRequiredService<OrderService.OrderServiceClient>());
        Assert.All(services, service => Assert.NotNull(provider.GetRequiredService(service.ServiceType)));
        // Dead letters are each service's own: of their clients there are three, to be had of OrderTrackingClients.
        var single = ApiMethods.All.Select(method => method.Service).Distinct().Where(service => service.Name != "DeadLetterService");
        Assert.Equal(single.Count() + 1, services.Count);
    }

    [Theory]
    [InlineData(null, "OrdersAddress is ''")]
    [InlineData("ftp://example", "OrdersAddress is 'ftp://example/'")]
    public void An_address_that_cannot_work_is_refused_by_name(string? address, string expected)
    {
        var options = new OrderTrackingClientOptions { Address = address is null ? null : new Uri(address) };
        Assert.Contains(expected, Assert.Throws<InvalidOperationException>(() => new OrderTrackingClients(options)).Message, StringComparison.Ordinal);
    }

    private static MethodName Name(string method) => new() { Service = "ordertracking.orders.v1.OrderService", Method = method };

    private static IEnumerable<MethodName> Hedged(ServiceConfig config) =>
        config.MethodConfigs.Where(method => method.HedgingPolicy is not null).SelectMany(method => method.Names);

    private static IEnumerable<MethodName> Retried(ServiceConfig config) =>
        config.MethodConfigs.Where(method => method.RetryPolicy is not null).SelectMany(method => method.Names);

    private static CallKind KindOf(MethodName name) =>
        ApiMethods.KindOf(ApiMethods.All.Single(method => method.Service.FullName == name.Service && method.Name == name.Method));

    private static bool IsWrite(MethodName name) => KindOf(name) != CallKind.Read;
}
