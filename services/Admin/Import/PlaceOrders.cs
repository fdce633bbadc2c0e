using Grpc.Core;
using OrderTracking.Client;
using OrderTracking.Orders.V1;

namespace OrderTracking.Admin.Import;

/// <summary>Places orders, some at once, and tells what became of each in the order of the file. At most those under way are in memory.</summary>
internal sealed class PlaceOrders(OrderService.OrderServiceClient client, Survey survey, bool checkOnly, CancellationToken cancellation)
{
    private const int CallsAtOnce = 8;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PauseMax = TimeSpan.FromSeconds(30);

    // A server that never answered is likely the wrong address; one that did is being started again, which on a busy machine takes its time.
    private static readonly TimeSpan UntilFirstAnswer = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan BetweenAnswers = TimeSpan.FromMinutes(2);
    private static readonly TimeProvider Clock = TimeProvider.System;
    private volatile OrderTrackingError? _stoppedBy;
    private volatile bool _hasAnswered;

    /// <summary>What ended the placing before the end of the file, if anything did.</summary>
    public OrderTrackingError? StoppedBy => _stoppedBy;

    public async IAsyncEnumerable<OrderResult> All(IEnumerable<FileOrder> orders)
    {
        var running = new Queue<Task<OrderResult>>();
        foreach (var order in orders)
        {
            if (running.Count == CallsAtOnce)
                yield return await running.Dequeue();
            running.Enqueue(One(order));
        }

        while (running.TryDequeue(out var next))
            yield return await next;
    }

    private async Task<OrderResult> One(FileOrder order)
    {
        var faults = new List<RowFault>();
        if (survey.Apart.TryGetValue(OrderRows.RequestId(order.Reference), out var first))
            faults.Add(new RowFault(order.Line, "reference", order.Reference, $"the rows of one order one below the other; it stands on line {first} and elsewhere"));
        if (OrderRows.ToRequest(order.Rows, faults) is not { } request)
            return Refused(order, faults);
        if (faults.Count > 0)
            return Refused(order, [.. faults, .. await Further(order, request, faults)]);
        if (_stoppedBy is { } error)
            return Missed(order, $"{OrderResult.NotAsked}, because of an order before: {error.Message}");
        if (cancellation.IsCancellationRequested)
            return Missed(order, $"{OrderResult.NotAsked}: broken off");
        try
        {
            request.ValidateOnly = checkOnly;
            var placed = await Patiently(request);
            // The name of an order that is only checked is nobody's.
            return checkOnly
                ? new OrderResult(order.Line, order.Reference, OrderResult.Acceptable, "", [])
                : new OrderResult(order.Line, order.Reference, OrderResult.Accepted, placed.Name, []);
        }
        catch (RpcException failed)
        {
            return cancellation.IsCancellationRequested ? Missed(order, "broken off") : Failed(order, OrderTrackingError.Of(failed));
        }
        catch (OperationCanceledException)
        {
            return Missed(order, "broken off");
        }
    }

    private OrderResult Failed(FileOrder order, OrderTrackingError error)
    {
        if (error.Code is StatusCode.InvalidArgument or StatusCode.FailedPrecondition or StatusCode.AlreadyExists or StatusCode.OutOfRange)
            return Refused(order, [.. RefusedRows.Of(order.Rows, error)]);
        // What the file cannot help: the next order would fail alike.
        _stoppedBy ??= error;
        return Missed(order, $"{error.Code}: {error.Message}");
    }

    // What can be read may be wrong too: whoever puts the file right is told of all of it at once.
    private async Task<IEnumerable<RowFault>> Further(FileOrder order, PlaceOrderRequest readable, IReadOnlyList<RowFault> known)
    {
        if (_stoppedBy is not null || cancellation.IsCancellationRequested || order.Rows.Any(row => row.Fault is not null))
            return [];
        try
        {
            await client.PlaceOrderAsync(new PlaceOrderRequest { Order = readable.Order, ValidateOnly = true }, cancellationToken: cancellation);
            return [];
        }
        catch (RpcException failed)
        {
            var error = OrderTrackingError.Of(failed);
            return error.Fields.Count == 0
                ? []
                : RefusedRows.Of(order.Rows, error).Where(fault => !known.Any(one => one.Line == fault.Line && one.Field == fault.Field));
        }
        catch (OperationCanceledException)
        {
            return [];
        }
    }

    private static OrderResult Refused(FileOrder order, IReadOnlyList<RowFault> faults) =>
        new(order.Line, order.Reference, OrderResult.Refused, "", [.. faults.OrderBy(fault => fault.Line)]);

    private static OrderResult Missed(FileOrder order, string why) =>
        new(order.Line, order.Reference, OrderResult.NotPlaced, "", [new RowFault(order.Line, "row", "", why)]);

    // Too many calls, or a server between two lives: the same request again, which its id makes safe.
    private async Task<Order> Patiently(PlaceOrderRequest request)
    {
        var since = Clock.GetTimestamp();
        while (true)
        {
            try
            {
                var placed = await client.PlaceOrderAsync(request, cancellationToken: cancellation);
                _hasAnswered = true;
                return placed;
            }
            catch (RpcException failed) when (IsWaitedFor(since) && OrderTrackingError.Of(failed) is { MayRepeat: true } error)
            {
                var pause = error.RetryDelay ?? Pause;
                await Task.Delay(pause < PauseMax ? pause : PauseMax, Clock, cancellation);
            }
        }
    }

    private bool IsWaitedFor(long since) =>
        _stoppedBy is null && Clock.GetElapsedTime(since) < (_hasAnswered ? BetweenAnswers : UntilFirstAnswer);
}
