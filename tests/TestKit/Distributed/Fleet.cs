using System.Globalization;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Net.Client;
using Grpc.Net.Client.Balancer;
using Grpc.Net.Client.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OrderTracking.BuildingBlocks.Hosting;
using OrderTracking.Host;

namespace OrderTracking.TestKit.Distributed;

/// <summary>
/// The three services as processes of their own on a RabbitMQ of their own: loopback ports, one data directory, Development tokens.
/// Callers reach the replicas of a service in turn; the services reach each other and the broker through proxies that can be made
/// slow, silent or broken.
/// </summary>
public sealed class Fleet : IAsyncDisposable
{
    private static readonly string[] Names = ["orders", "shipments", "compliance"];
    private static readonly TimeSpan TokenLifetime = TimeSpan.FromHours(8);
    private readonly List<ServiceProcess> _services = [];
    private readonly Dictionary<string, TcpProxy> _links = new(StringComparer.Ordinal);
    private readonly Dictionary<string, GrpcChannel> _channels = new(StringComparer.Ordinal);
    private readonly DevelopmentTokens _tokens;
    private readonly Action<string> _tell;

    private Fleet(Action<string> tell)
    {
        _tell = tell;
        DataDirectory = Directory.CreateTempSubdirectory("ordertracking-fleet-").FullName;
        _tokens = new DevelopmentTokens(DataDirectory);
        Broker = new BrokerNode();
        BrokerLink = new TcpProxy(Broker.Port);
    }

    /// <summary>Where the databases and the token key are.</summary>
    public string DataDirectory { get; }

    /// <summary>The broker.</summary>
    public BrokerNode Broker { get; }

    /// <summary>The services' way to the broker.</summary>
    public TcpProxy BrokerLink { get; }

    /// <summary>Every process, replica by replica.</summary>
    public IReadOnlyList<ServiceProcess> Services => _services;

    /// <summary>What people do.</summary>
    public Shop Shop => new((subject, role) => As(subject, role), TimeProvider.System);

    /// <summary>Makes and starts a fleet.</summary>
    /// <param name="tell">Takes the last lines of each process when the fleet ends.</param>
    /// <param name="plan">How many replicas of what.</param>
    public static async Task<Fleet> Start(Action<string> tell, FleetPlan? plan = null)
    {
        var fleet = new Fleet(tell);
        try
        {
            plan ??= new FleetPlan();
            fleet.Make(plan);
            await fleet.Broker.Start();
            foreach (var service in fleet._services)
                await service.Start();
            return fleet;
        }
        catch
        {
            await fleet.DisposeAsync();
            throw;
        }
    }

    /// <summary>A process, such as the second of orders.</summary>
    public ServiceProcess Service(string name, int replica = 1) => _services.Single(service => service.Name == $"{name}-{replica}");

    /// <summary>The other services' way to a service.</summary>
    public TcpProxy LinkTo(string name) => _links[name];

    /// <summary>Somebody with a token of these roles.</summary>
    public Person As(string subject, params string[] roles) =>
        new(subject, _tokens.Mint(subject, roles, TokenLifetime), new RoutedChannel(_channels));

    /// <summary>Somebody who calls one process only.</summary>
    public Person At(ServiceProcess service, string subject, params string[] roles) =>
        new(subject, _tokens.Mint(subject, roles, TokenLifetime), service.Channel);

    /// <summary>Waits until every process says so of the broker.</summary>
    public async Task BrokerIsSeen(HealthCheckResponse.Types.ServingStatus status, TimeSpan within)
    {
        foreach (var service in _services)
        {
            await Eventually.Becomes(
                $"messaging of {service.Name} is {status}", () => service.Health("messaging"), seen => seen == status, within);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var service in _services)
        {
            List<string> output = [.. service.LastOutput, .. service.IsRunning ? service.Process.Output : []];
            if (output.Count > 0)
                _tell($"--- {service.Name} said last:\n{string.Join('\n', output.TakeLast(LinesTold))}");
            await service.DisposeAsync();
        }

        await Broker.DisposeAsync();
        await BrokerLink.DisposeAsync();
        foreach (var link in _links.Values)
            await link.DisposeAsync();
        foreach (var channel in _channels.Values)
            channel.Dispose();
        Directory.Delete(DataDirectory, recursive: true);
    }

    private const int LinesTold = 120;

    private void Make(FleetPlan plan)
    {
        var ports = Names.ToDictionary(name => name, name => Enumerable.Range(0, plan.ReplicasOf(name)).Select(_ => FreePorts.Next()).ToList());
        foreach (var name in Names)
        {
            _links[name] = new TcpProxy(ports[name]);
            _channels[$"ordertracking.{name}."] = Balanced(ports[name]);
        }

        var key = Directory.EnumerateFiles(DataDirectory, "*.key").Single();
        foreach (var name in Names)
        {
            foreach (var (index, port) in ports[name].Index())
            {
                var process = new ServiceProcess($"{name}-{index + 1}", ProgramOf(name), port, DataDirectory, SettingsOf(name, plan)) { Wrapper = plan.WrapperOf(name, key) };
                _services.Add(process);
            }
        }
    }

    private Dictionary<string, string> SettingsOf(string name, FleetPlan plan)
    {
        var settings = new Dictionary<string, string>
        {
            ["Storage:DataDirectory"] = DataDirectory,
            ["Messaging:Transport"] = "RabbitMq",
            ["Messaging:RabbitMq:Address"] = string.Create(CultureInfo.InvariantCulture, $"amqp://127.0.0.1:{BrokerLink.Port}/"),
            ["Messaging:RabbitMq:User"] = "guest",
            ["Messaging:RabbitMq:Password"] = "guest",
        };
        foreach (var other in Names)
            settings[$"Services:{other}:Address"] = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_links[other].Port}");
        foreach (var (key, value) in plan.SettingsOf(name))
            settings[key] = value;
        return settings;
    }

    // The services lie beside the tests, which refer to them.
    private static string ProgramOf(string name)
    {
        var service = name switch { "orders" => "OrderService", "shipments" => "ShipmentService", _ => "ComplianceService" };
        return Path.Combine(AppContext.BaseDirectory, $"OrderTracking.{service}.dll");
    }

    private static GrpcChannel Balanced(IEnumerable<int> ports)
    {
        var addresses = ports.Select(port => new BalancerAddress("127.0.0.1", port)).ToList();
        var services = new ServiceCollection().AddSingleton<ResolverFactory>(new StaticResolverFactory(_ => addresses)).BuildServiceProvider();
        return GrpcChannel.ForAddress("static:///service", new GrpcChannelOptions
        {
            Credentials = ChannelCredentials.Insecure,
            ServiceProvider = services,
            ServiceConfig = new ServiceConfig { LoadBalancingConfigs = { new RoundRobinConfig() } },
            InitialReconnectBackoff = TimeSpan.FromMilliseconds(50),
            MaxReconnectBackoff = TimeSpan.FromMilliseconds(250),
        });
    }
}
