using System.Runtime.CompilerServices;
using Grpc.Core;
using OrderTracking.Orders.V1;
using OrderTracking.Shipments.V1;

namespace OrderTracking.Client;

/// <summary>Watches that go on where they were when the connection or the server goes: each change once and in order.</summary>
public static class Watching
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    /// <summary>Follows an order: first its past after the token, then what comes. Ends when cancelled.</summary>
    /// <param name="orders">The client.</param>
    /// <param name="order">Its name, orders/{order}.</param>
    /// <param name="resumeToken">The last resume_token seen; blank: from the beginning.</param>
    /// <param name="cancellation">Ends the watch.</param>
    /// <exception cref="RpcException">The server refuses the watch: the order is unknown, the caller may not, the token is another watch's.</exception>
    public static IAsyncEnumerable<WatchOrderResponse> Watch(
        this OrderService.OrderServiceClient orders, string order, string resumeToken = "", CancellationToken cancellation = default) => Resume(
        (token, ended) => orders.WatchOrder(new WatchOrderRequest { Name = order, ResumeToken = token }, cancellationToken: ended),
        response => response.ResumeToken,
        resumeToken,
        cancellation);

    /// <summary>Follows the shipments of an order, or all.</summary>
    /// <param name="shipments">The client.</param>
    /// <param name="order">Of this order only, orders/{order}; blank: all.</param>
    /// <inheritdoc cref="Watch(OrderService.OrderServiceClient, string, string, CancellationToken)"/>
    public static IAsyncEnumerable<WatchShipmentsResponse> Watch(
        this ShipmentService.ShipmentServiceClient shipments, string order = "", string resumeToken = "", CancellationToken cancellation = default) => Resume(
        (token, ended) => shipments.WatchShipments(new WatchShipmentsRequest { Order = order, ResumeToken = token }, cancellationToken: ended),
        response => response.ResumeToken,
        resumeToken,
        cancellation);

    /// <summary>Any stream whose messages carry a token to go on after.</summary>
    /// <param name="open">Begins the stream after a token.</param>
    /// <param name="tokenOf">The token of a message.</param>
    /// <param name="resumeToken">Where to begin; blank: at the beginning.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async IAsyncEnumerable<T> Resume<T>(
        Func<string, CancellationToken, AsyncServerStreamingCall<T>> open,
        Func<T, string> tokenOf,
        string resumeToken,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        var pause = FirstPause;
        while (true)
        {
            using var call = open(resumeToken, cancellation);
            while (await Next(call, cancellation) is { } more)
            {
                if (!more)
                    yield break;
                pause = FirstPause;
                resumeToken = tokenOf(call.ResponseStream.Current);
                yield return call.ResponseStream.Current;
            }

            await Task.Delay(pause, cancellation);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    // Null: it broke off, and goes on over another call.
    private static async Task<bool?> Next<T>(AsyncServerStreamingCall<T> call, CancellationToken cancellation)
    {
        try
        {
            return await call.ResponseStream.MoveNext(cancellation);
        }
        catch (RpcException error) when (!cancellation.IsCancellationRequested && IsBreak(OrderTrackingError.Of(error)))
        {
            return null;
        }
        catch (RpcException error) when (cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException("The watch was cancelled.", error, cancellation);
        }
    }

    // What the server itself says stands, unless it says to come again; a stream without a word of it has lost its connection.
    private static bool IsBreak(OrderTrackingError error) => error.MayRepeat
        || (!error.IsFromServer && error.Code is StatusCode.Internal or StatusCode.Unknown or StatusCode.Cancelled);
}
