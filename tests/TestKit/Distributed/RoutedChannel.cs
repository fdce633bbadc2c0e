using Grpc.Core;
using Grpc.Net.Client;

namespace OrderTracking.TestKit.Distributed;

/// <summary>One channel to all services: each method goes to the processes of its service.</summary>
/// <param name="routes">Channels by the package of the service, such as <c>ordertracking.orders</c>.</param>
public sealed class RoutedChannel(IReadOnlyDictionary<string, GrpcChannel> routes) : ChannelBase("services")
{
    /// <inheritdoc/>
    public override CallInvoker CreateCallInvoker() =>
        new Invoker(routes.ToDictionary(route => route.Key, route => route.Value.CreateCallInvoker()));

    private sealed class Invoker(IReadOnlyDictionary<string, CallInvoker> routes) : CallInvoker
    {
        public override TResponse BlockingUnaryCall<TRequest, TResponse>(
            Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) =>
            Of(method).BlockingUnaryCall(method, host, options, request);

        public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
            Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) =>
            Of(method).AsyncUnaryCall(method, host, options, request);

        public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
            Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) =>
            Of(method).AsyncServerStreamingCall(method, host, options, request);

        public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
            Method<TRequest, TResponse> method, string? host, CallOptions options) =>
            Of(method).AsyncClientStreamingCall(method, host, options);

        public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
            Method<TRequest, TResponse> method, string? host, CallOptions options) =>
            Of(method).AsyncDuplexStreamingCall(method, host, options);

        private CallInvoker Of(IMethod method) => routes.First(route => method.ServiceName.StartsWith(route.Key, StringComparison.Ordinal)).Value;
    }
}
