using Grpc.Core;
using Grpc.Net.Client;
using OrderTracking.BuildingBlocks.Hosting.Identity;
using OrderTracking.BuildingBlocks.Hosting.Tls;

namespace OrderTracking.BuildingBlocks.Hosting;

/// <summary>
/// Calls another service of the system with this one's identity and, where a unary call brings none, a deadline. The address is
/// looked up by the first call, because in one process it is known only when the server is bound.
/// </summary>
internal sealed class ServiceCalls(
    string service, string subject, ServiceAddresses addresses, ServiceConnections connections, IServiceTokens tokens, GrpcLimitsOptions limits)
    : CallInvoker, IDisposable
{
    private static readonly TimeProvider Clock = TimeProvider.System;
    private readonly Lock _opening = new();
    private GrpcChannel? _channel;
    private CallInvoker? _invoker;

    public override TResponse BlockingUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) =>
        Invoker().BlockingUnaryCall(method, host, WithDeadline(options), request);

    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) =>
        Invoker().AsyncUnaryCall(method, host, WithDeadline(options), request);

    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) =>
        Invoker().AsyncServerStreamingCall(method, host, options, request);

    public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options) =>
        Invoker().AsyncClientStreamingCall(method, host, options);

    public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options) =>
        Invoker().AsyncDuplexStreamingCall(method, host, options);

    public void Dispose() => _channel?.Dispose();

    private static CallOptions WithDeadline(CallOptions options) => options.Deadline is null
        ? options.WithDeadline(Clock.GetUtcNow().UtcDateTime.AddSeconds(GrpcLimitsOptions.ServiceCallSeconds))
        : options;

    private CallInvoker Invoker()
    {
        if (_invoker is { } opened)
            return opened;
        lock (_opening)
        {
            if (_invoker is not null)
                return _invoker;
            var address = addresses.Find(service)
                ?? throw new RpcException(new Status(StatusCode.Unavailable, $"The service {service} is not bound to an address yet."));
            _channel = GrpcChannel.ForAddress(address, new GrpcChannelOptions
            {
                HttpHandler = new ServiceTokenHandler(tokens, subject, connections.Handler(itself: !addresses.IsElsewhere(service))),
                DisposeHttpClient = true,
                MaxReceiveMessageSize = limits.SentMessageBytesMax,
            });
            return _invoker = _channel.CreateCallInvoker();
        }
    }
}
