using System.Security.Cryptography.X509Certificates;
using Google.LongRunning;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Net.Client.Configuration;
using OrderTracking.Compliance.V1;
using OrderTracking.Messaging.V1;
using OrderTracking.Orders.V1;
using OrderTracking.Shipments.V1;

namespace OrderTracking.Client;

/// <summary>The clients of every service, over shared connections. One for a process; safe for many threads.</summary>
public sealed class OrderTrackingClients : IDisposable
{
    private readonly List<IDisposable> _open = [];
    private readonly OrderTrackingClientOptions _options;

    /// <summary>Connects with the first call.</summary>
    /// <param name="options">Checked here; later changes have no effect.</param>
    /// <exception cref="InvalidOperationException">An option cannot work.</exception>
    public OrderTrackingClients(OrderTrackingClientOptions options)
    {
        options.Check();
        _options = options;
        var (orders, shipments) = (Calls(options.OrdersAddress), Calls(options.ShipmentsAddress));
        (Orders, OrderDeadLetters) = (new(orders), new(orders));
        (Shipments, ShipmentDeadLetters) = (new(shipments), new(shipments));
        ComplianceCalls = Calls(options.ComplianceAddress);
    }

    /// <summary>Orders: place, change, cancel, follow.</summary>
    public OrderService.OrderServiceClient Orders { get; }

    /// <summary>Shipments: split, reschedule, dispatch, report, follow.</summary>
    public ShipmentService.ShipmentServiceClient Shipments { get; }

    /// <summary>Decisions and permits.</summary>
    public ComplianceService.ComplianceServiceClient Compliance => new(ComplianceCalls);

    /// <summary>Holds and their releases.</summary>
    public HoldService.HoldServiceClient Holds => new(ComplianceCalls);

    /// <summary>Licences.</summary>
    public LicenceService.LicenceServiceClient Licences => new(ComplianceCalls);

    /// <summary>Rules and their amendments.</summary>
    public RuleService.RuleServiceClient Rules => new(ComplianceCalls);

    /// <summary>Parts and their facts.</summary>
    public CatalogueService.CatalogueServiceClient Catalogue => new(ComplianceCalls);

    /// <summary>Lists of restricted parties.</summary>
    public ScreeningListService.ScreeningListServiceClient ScreeningLists => new(ComplianceCalls);

    /// <summary>When and how goods may leave.</summary>
    public OutlookService.OutlookServiceClient Outlook => new(ComplianceCalls);

    /// <summary>What a change of rules would do.</summary>
    public ImpactService.ImpactServiceClient Impact => new(ComplianceCalls);

    /// <summary>Past decisions, decided again.</summary>
    public ReplayService.ReplayServiceClient Replay => new(ComplianceCalls);

    /// <summary>The audit trail.</summary>
    public AuditService.AuditServiceClient Audit => new(ComplianceCalls);

    /// <summary>Long-running operations of compliance.</summary>
    public Operations.OperationsClient Operations => new(ComplianceCalls);

    /// <summary>Events that the order service gave up; those of every service where one process runs them all.</summary>
    public DeadLetterService.DeadLetterServiceClient OrderDeadLetters { get; }

    /// <summary>Events that the shipment service gave up.</summary>
    public DeadLetterService.DeadLetterServiceClient ShipmentDeadLetters { get; }

    /// <summary>Events that the compliance service gave up.</summary>
    public DeadLetterService.DeadLetterServiceClient ComplianceDeadLetters => new(ComplianceCalls);

    internal CallInvoker ComplianceCalls { get; }

    /// <summary>Closes the connections; calls under way fail.</summary>
    public void Dispose() => _open.ForEach(one => one.Dispose());

    private SafeCalls Calls(Uri? own)
    {
        var address = own ?? _options.Address!;
        var handler = Handler();
        _open.Add(handler);
        return new SafeCalls(
            Channel(address, handler, SafeRetries.OfReads()).CreateCallInvoker(),
            Channel(address, handler, SafeRetries.OfRepeatableCalls()).CreateCallInvoker(),
            _options.Deadline,
            _options.FillRequestIds);
    }

    // Both channels of an address share the handler, and with it the connections.
    private GrpcChannel Channel(Uri address, SocketsHttpHandler handler, ServiceConfig retries)
    {
        var transport = address.Scheme == Uri.UriSchemeHttps ? ChannelCredentials.SecureSsl : ChannelCredentials.Insecure;
        var channel = GrpcChannel.ForAddress(address, new GrpcChannelOptions
        {
            HttpHandler = handler,
            DisposeHttpClient = false,
            ServiceConfig = retries,
            MaxReceiveMessageSize = _options.MessageBytesMax,
            Credentials = _options.TokenProvider is null ? transport : ChannelCredentials.Create(transport, Tokens()),
            // Only where the caller's own address says http: a server in development mode, on the loopback.
            UnsafeUseInsecureChannelCallCredentials = address.Scheme == Uri.UriSchemeHttp,
        });
        _open.Insert(0, channel);
        return channel;
    }

    private CallCredentials Tokens() => CallCredentials.FromInterceptor(
        async (context, metadata) => metadata.Add("authorization", "Bearer " + await _options.TokenProvider!(context.CancellationToken)));

    private SocketsHttpHandler Handler()
    {
        var handler = new SocketsHttpHandler
        {
            EnableMultipleHttp2Connections = true,
            KeepAlivePingDelay = TimeSpan.FromSeconds(60),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(20),
            PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
        };
        if (_options is { CertificateFile: { } certificate, KeyFile: { } key })
            handler.SslOptions.ClientCertificates = [X509Certificate2.CreateFromPemFile(certificate, key)];
        if (_options.AuthorityFile is { } authority)
            handler.SslOptions.CertificateChainPolicy = Policy(authority);
        return handler;
    }

    private static X509ChainPolicy Policy(string authorityFile)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPemFile(authorityFile);
        return policy;
    }
}
