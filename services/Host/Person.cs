using Grpc.Core;
using Grpc.Core.Interceptors;
using OrderTracking.Compliance.V1;
using OrderTracking.Messaging.V1;
using ComplianceApi = OrderTracking.Compliance.V1.ComplianceService;
using OrdersApi = OrderTracking.Orders.V1.OrderService;
using ShipmentsApi = OrderTracking.Shipments.V1.ShipmentService;

namespace OrderTracking.Host;

/// <summary>One identity, and the clients of every service that call with its token.</summary>
/// <param name="subject">Who it is, as the token says.</param>
/// <param name="token">A bearer token of that subject; null calls without identity.</param>
/// <param name="channel">The channel to call over.</param>
public sealed class Person(string subject, string? token, ChannelBase channel)
{
    private readonly CallInvoker _invoker =
        token is null ? channel.CreateCallInvoker() : channel.Intercept(metadata => WithToken(metadata, token));

    /// <summary>Who it is.</summary>
    public string Subject => subject;

    /// <summary>Calls any method with this identity.</summary>
    public CallInvoker Invoker => _invoker;

    public OrdersApi.OrderServiceClient Orders => new(_invoker);

    public ShipmentsApi.ShipmentServiceClient Shipments => new(_invoker);

    public ComplianceApi.ComplianceServiceClient Compliance => new(_invoker);

    public HoldService.HoldServiceClient Holds => new(_invoker);

    public LicenceService.LicenceServiceClient Licences => new(_invoker);

    public RuleService.RuleServiceClient Rules => new(_invoker);

    public CatalogueService.CatalogueServiceClient Catalogue => new(_invoker);

    public DeadLetterService.DeadLetterServiceClient DeadLetters => new(_invoker);

    private static Metadata WithToken(Metadata metadata, string token)
    {
        metadata.Add("authorization", $"Bearer {token}");
        return metadata;
    }
}
