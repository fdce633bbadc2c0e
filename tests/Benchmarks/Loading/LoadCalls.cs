using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.Client;
using OrderTracking.Compliance.V1;
using OrderTracking.Orders.V1;
using OrderTracking.TestKit;
using OrderTracking.Types.V1;
using ComplianceApi = OrderTracking.Compliance.V1.ComplianceService;
using OrdersApi = OrderTracking.Orders.V1.OrderService;

namespace OrderTracking.Benchmarks.Loading;

/// <summary>The calls of one method over several connections, in turn.</summary>
internal sealed class LoadCalls : IDisposable
{
    /// <summary>After which a call that is not answered has failed.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private const int ShipInDays = 3;
    private readonly List<GrpcChannel> _channels = [];
    private readonly Metadata _metadata;
    private readonly Func<int, CallOptions, Task> _call;

    public LoadCalls(LoadOptions options)
    {
        _metadata = new Metadata { { "authorization", $"Bearer {options.Token}" } };
        for (var number = 0; number < options.Connections; number++)
            _channels.Add(GrpcChannel.ForAddress(options.Target, new GrpcChannelOptions { HttpHandler = Handler(options), DisposeHttpClient = true }));
        _call = options.Method == LoadMethod.PlaceOrder ? PlaceOrders() : CheckShipments();
    }

    /// <summary>Makes the connections, so that the first calls do not pay for them.</summary>
    /// <exception cref="OperationCanceledException">There was no connection within the deadline.</exception>
    public async Task Connect()
    {
        using var deadline = new CancellationTokenSource(Deadline);
        await Task.WhenAll(_channels.Select(channel => channel.ConnectAsync(deadline.Token)));
    }

    /// <exception cref="RpcException">It was refused or not answered.</exception>
    public Task Call(long number) => _call(
        (int)(number % _channels.Count),
        new CallOptions(_metadata, TimeProvider.System.GetUtcNow().UtcDateTime + Deadline));

    public void Dispose()
    {
        foreach (var channel in _channels)
            channel.Dispose();
    }

    private static SocketsHttpHandler Handler(LoadOptions options)
    {
        var handler = new SocketsHttpHandler { EnableMultipleHttp2Connections = false };
        if (options.AuthorityFile is null)
            return handler;
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPemFile(options.AuthorityFile);
        handler.SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = policy };
        return handler;
    }

    private static DateOnly ShipDate => DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(ShipInDays));

    private Func<int, CallOptions, Task> PlaceOrders()
    {
        var clients = _channels.ConvertAll(channel => new OrdersApi.OrderServiceClient(channel));
        var order = new OrderSketch { ShipDates = [ShipDate] }.ToOrder();
        return (at, options) => clients[at].PlaceOrderAsync(new PlaceOrderRequest { Order = order, RequestId = Shop.NewRequestId() }, options).ResponseAsync;
    }

    private Func<int, CallOptions, Task> CheckShipments()
    {
        var clients = _channels.ConvertAll(channel => new ComplianceApi.ComplianceServiceClient(channel));
        var request = Question();
        return (at, options) => clients[at].CheckShipmentAsync(request, options).ResponseAsync;
    }

    /// <summary>A shipment of one line of an order that nothing restricts.</summary>
    public static CheckShipmentRequest Question() => new()
    {
        Facts = new ShipmentFacts
        {
            Item = new Item { PartNumber = "L2" },
            Exporter = "NVIDIA",
            PlaceOfExport = new PlaceOfExport { Country = "US", TimeZone = "America/Los_Angeles" },
            DestinationCountry = "DE",
            Movement = Movement.Export,
            Parties =
            {
                new Party
                {
                    Role = PartyRole.EndUser, Name = "Rechenwerk", Country = "DE", HeadquartersCountry = "DE", UltimateParent = new UltimateParent { None = new Empty() },
                },
            },
            ShipDate = OrderSketch.Wire(ShipDate),
            Quantity = 10,
        },
    };
}
