using System.Collections.Concurrent;
using System.Text.Json;
using Grpc.Core;
using OrderTracking.Client;
using OrderTracking.Orders.V1;

namespace OrderTracking.Admin.Import;

/// <summary>Places the orders of a file. Given again, whether it ended or was broken off, it places nothing twice and goes on with what is missing.</summary>
internal static class ImportOrders
{
    private const int CallsAtOnce = 4;
    private const int TriesMax = 8;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PauseMax = TimeSpan.FromSeconds(30);

    public static Command Command { get; } = new(
        "import-orders", "FILE.csv", "Places the orders of a file, each once however often it is given; lists every row that was refused.", 1, [], Run);

    private static async Task<int> Run(Session session, CancellationToken cancellation)
    {
        var faults = new List<RowFault>();
        var rows = OrderFile.Read(session.Arguments.Words[0], faults);
        var broken = faults.Select(fault => fault.Reference).ToHashSet(StringComparer.Ordinal);
        var orders = rows.GroupBy(row => row.Reference, StringComparer.Ordinal).Select(order => order.ToList()).ToList();
        var ready = new List<(List<OrderRow> Rows, PlaceOrderRequest Request)>();
        foreach (var order in orders)
        {
            // An order of which a row is unreadable is not the order that was meant: none of it is placed.
            var request = OrderRows.ToRequest(order, faults);
            if (request is not null && !broken.Contains(order[0].Reference))
                ready.Add((order, request));
            else if (request is not null)
                faults.Add(new RowFault(order[0].Line, order[0].Reference, "row", "", "an order each of whose rows can be read: the refused ones come first"));
        }

        var placing = new Placing(session.Clients.Orders);
        await session.Output.Progress("Orders", tell => placing.All(ready, tell, cancellation));
        var count = orders.Count + broken.Except(orders.Select(order => order[0].Reference)).Count();
        var report = new ImportReport(
            count,
            [.. placing.Accepted.OrderBy(one => one.Line)],
            [.. faults.Concat(placing.Refused).OrderBy(one => one.Line).ThenBy(one => one.Field, StringComparer.Ordinal)],
            [.. placing.Unanswered.OrderBy(one => one.Line)]);
        Show(report, session.Output);
        return report switch { { Unanswered.Count: > 0 } => ExitCode.Unanswered, { Refused.Count: > 0 } => ExitCode.Refused, _ => ExitCode.Done };
    }

    private static void Show(ImportReport report, Output output)
    {
        if (output.IsJson)
        {
            output.Raw(JsonSerializer.Serialize(report, ReportJson.Default.ImportReport));
            return;
        }

        if (report.Accepted.Count > 0)
            output.Table(["Line", "Reference", "Order"], report.Accepted.Select(one => new[] { Output.Text(one.Line), one.Reference, one.Order }));
        foreach (var faults in new[] { report.Refused, report.Unanswered }.Where(list => list.Count > 0))
            output.Table(
                ["Line", "Reference", "Field", "Value", faults == report.Refused ? "Refused: allowed is" : "Not answered"],
                faults.Select(one => new[] { Output.Text(one.Line), one.Reference, one.Field, one.Value, one.Allowed }));
        var refused = report.Refused.Select(one => one.Reference).Distinct().Count();
        output.Note($"{report.Orders} orders: {report.Accepted.Count} accepted, now or by an earlier run; {refused} refused; {report.Unanswered.Count} not answered.");
        if (report.Unanswered.Count > 0)
            output.Note("Give the same command again: what was accepted is not placed twice.");
    }

    private sealed class Placing(OrderService.OrderServiceClient client)
    {
        private int _done;
        private volatile bool _stopped;

        public ConcurrentBag<ImportedOrder> Accepted { get; } = [];

        public ConcurrentBag<RowFault> Refused { get; } = [];

        public ConcurrentBag<RowFault> Unanswered { get; } = [];

        public async Task<int> All(List<(List<OrderRow> Rows, PlaceOrderRequest Request)> orders, Action<double> tell, CancellationToken cancellation)
        {
            await Parallel.ForEachAsync(orders, new ParallelOptions { MaxDegreeOfParallelism = CallsAtOnce }, async (order, _) =>
            {
                await One(order.Rows, order.Request, cancellation);
                tell((double)Interlocked.Increment(ref _done) / orders.Count);
            });
            return _done;
        }

        private async Task One(List<OrderRow> rows, PlaceOrderRequest request, CancellationToken cancellation)
        {
            if (_stopped || cancellation.IsCancellationRequested)
            {
                Miss(rows, "not asked: the server stopped answering before");
                return;
            }

            try
            {
                var placed = await Patiently(request, cancellation);
                Accepted.Add(new ImportedOrder(rows[0].Line, rows[0].Reference, placed.Name));
            }
            catch (RpcException failed)
            {
                var error = OrderTrackingError.Of(failed);
                if (error.Code is StatusCode.InvalidArgument or StatusCode.FailedPrecondition or StatusCode.AlreadyExists or StatusCode.OutOfRange)
                {
                    foreach (var fault in RefusedRows.Of(rows, error))
                        Refused.Add(fault);
                    return;
                }

                // What the file cannot help: the next order would fail alike.
                _stopped = true;
                Miss(rows, $"{error.Code}: {error.Message}");
            }
            catch (OperationCanceledException)
            {
                Miss(rows, "broken off");
            }
        }

        private void Miss(List<OrderRow> rows, string why) => Unanswered.Add(new RowFault(rows[0].Line, rows[0].Reference, "row", "", why));

        // Too many calls, or a server between two lives: the same request again, which its id makes safe.
        private async Task<Order> Patiently(PlaceOrderRequest request, CancellationToken cancellation)
        {
            for (var tries = 1; ; tries++)
            {
                try
                {
                    return await client.PlaceOrderAsync(request, cancellationToken: cancellation);
                }
                catch (RpcException failed) when (tries < TriesMax && !_stopped && OrderTrackingError.Of(failed) is { MayRepeat: true } error)
                {
                    var pause = error.RetryDelay ?? Pause;
                    await Task.Delay(pause < PauseMax ? pause : PauseMax, TimeProvider.System, cancellation);
                }
            }
        }
    }
}
