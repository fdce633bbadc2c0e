using Google.Rpc;
using Grpc.Core;
using OrderTracking.Host;

namespace OrderTracking.SystemTests.Access;

/// <summary>Calls any method by name with a message given as bytes, whatever its kind: on the wire the kinds do not differ.</summary>
internal static class AnyMethod
{
    // A stream that is let in and has nothing to say ends by this deadline, with another code than the ones asked for.
    private static readonly TimeSpan DeadlineOfStream = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan DeadlineOfCall = TimeSpan.FromSeconds(30);
    private static readonly Marshaller<byte[]> Bytes = Marshallers.Create(bytes => bytes, bytes => bytes);

    /// <summary>How the call ended, and the reason of its ErrorInfo.</summary>
    /// <param name="request">The request on the wire; an empty message by default.</param>
    public static async Task<(StatusCode Code, string Reason)> Call(Person person, string method, byte[]? request = null)
    {
        var (service, name) = (method.Split('/')[0], method.Split('/')[1]);
        var deadline = name.StartsWith("Watch", StringComparison.Ordinal) ? DeadlineOfStream : DeadlineOfCall;
        var options = new CallOptions(deadline: TimeProvider.System.GetUtcNow().UtcDateTime + deadline);
        using var call = person.Invoker.AsyncDuplexStreamingCall(
            new Method<byte[], byte[]>(MethodType.DuplexStreaming, service, name, Bytes, Bytes), null, options);
        await Send(call, request ?? []);
        try
        {
            while (await call.ResponseStream.MoveNext(CancellationToken.None))
            {
            }

            return (StatusCode.OK, "");
        }
        catch (RpcException refused)
        {
            return (refused.StatusCode, refused.GetRpcStatus()?.GetDetail<ErrorInfo>()?.Reason ?? "");
        }
    }

    // The server may refuse before it has read: then writing fails with a status of its own, and the answer is in what comes back.
    private static async Task Send(AsyncDuplexStreamingCall<byte[], byte[]> call, byte[] request)
    {
        try
        {
            await call.RequestStream.WriteAsync(request);
            await call.RequestStream.CompleteAsync();
        }
        catch (Exception refused) when (refused is RpcException or InvalidOperationException)
        {
        }
    }
}
