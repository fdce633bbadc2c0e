using Google.Protobuf;
using Grpc.Core;

namespace OrderTracking.Client;

/// <summary>
/// Sends each call over the channel whose retries are safe for it, gives a unary call a deadline and a write a <c>request_id</c>.
/// </summary>
/// <param name="once">Its service config repeats reads only.</param>
/// <param name="repeating">Its service config repeats writes too.</param>
internal sealed class SafeCalls(CallInvoker once, CallInvoker repeating, TimeSpan deadline, bool fillRequestIds) : CallInvoker
{
    public override TResponse BlockingUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        var (invoker, prepared) = Prepare(method, request);
        return invoker.BlockingUnaryCall(method, host, WithDeadline(options), prepared);
    }

    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        var (invoker, prepared) = Prepare(method, request);
        return invoker.AsyncUnaryCall(method, host, WithDeadline(options), prepared);
    }

    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) =>
        once.AsyncServerStreamingCall(method, host, options, request);

    public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options) =>
        once.AsyncClientStreamingCall(method, host, options);

    public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options) =>
        once.AsyncDuplexStreamingCall(method, host, options);

    private CallOptions WithDeadline(CallOptions options) =>
        options.Deadline is null ? options.WithDeadline(TimeProvider.System.GetUtcNow().UtcDateTime + deadline) : options;

    private (CallInvoker Invoker, TRequest Request) Prepare<TRequest, TResponse>(Method<TRequest, TResponse> method, TRequest request)
        where TRequest : class
        where TResponse : class
    {
        if (ApiMethods.KindOf(method.FullName) != CallKind.RepeatableWrite || request is not IMessage message)
            return (once, request);
        var field = ApiMethods.RequestIdOf(message.Descriptor)!;
        if (field.Accessor.GetValue(message) is string { Length: > 0 })
            return (repeating, request);
        if (!fillRequestIds || request is not IDeepCloneable<TRequest> original)
            return (once, request);
        // Into a copy: whoever sends the same message a second time means a second order, not the first one again.
        var copy = original.Clone();
        field.Accessor.SetValue((IMessage)copy, Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString("D"));
        return (repeating, copy);
    }
}
