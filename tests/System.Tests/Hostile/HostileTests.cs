using System.Globalization;
using Grpc.Core;
using Grpc.Health.V1;
using OrderTracking.Orders.V1;
using OrderTracking.Shipments.V1;
using OrderTracking.TestKit;
using Xunit;

namespace OrderTracking.SystemTests.Hostile;

/// <summary>
/// More than a thousand requests no honest caller sends, and ten thousand streams, against the Host as a process: it stays up, within the memory it is
/// given, and tells every caller clearly what is wrong.
/// </summary>
public sealed class HostileTests
{
    private const int Seed = 20251124;
    private const int StreamsOpened = 10_000;
    private const int SlowReaders = 50;
    private const int OrdersBefore = 20;

    // The heap of the process: .NET fails whoever asks for more. What it needs beside the heap is counted by the working set.
    private const long HeapBytesMax = 1_024L * 1_024 * 1_024;
    private const long WorkingSetBytesMax = 1_536L * 1_024 * 1_024;

    // What gRPC or a client behind it makes of a defect. None of these is an answer to bad input.
    private static readonly string[] Unclear = ["Unknown", "Internal", "DataLoss", "no answer"];

    // Not gRPC: refused as HTTP refuses it, or by closing the connection.
    private static readonly string[] AnsweredByHttp =
        ["a wrong content type", "a wrong HTTP method", "a wrong path", "headers above the limit", "a thousand headers", "a huge header", "a header that is not ASCII", "no HTTP/2", "streams"];

    [Fact]
    public async Task It_stays_up_within_its_memory_and_says_what_is_wrong()
    {
        var directory = Directory.CreateTempSubdirectory("ordertracking-hostile-").FullName;
        await using (var host = new HostProcess(directory))
        {
            await host.Start(("DOTNET_GCHeapHardLimit", HeapBytesMax.ToString("x", CultureInfo.InvariantCulture)));
            using var calls = new RawCalls(host.Port);
            var requests = new HostileRequests(host, calls, new MessageForge(Seed));
            await PlaceOrders(host, OrdersBefore);
            var readers = await OpenSlowReaders(host);

            await requests.Fuzz(damagedEach: 6);
            await requests.DeepMessages();
            await requests.Filters();
            await requests.Frames();
            await requests.Headers();
            await requests.Tokens(400);
            await requests.Sockets();
            await requests.LargeMessages();
            var opened = await requests.Streams(StreamsOpened);

            await StillServes(host);
            readers.ForEach(reader => reader.Dispose());
            Report(host, calls, opened);
            Assert.True(calls.Count > 1_000, $"Only {calls.Count} requests were sent.");
            Assert.True(opened >= StreamsOpened, $"Only {opened} streams were opened.");
            Assert.Contains(calls.Answers.Keys, answer => answer == ("fuzzed protobuf", "InvalidArgument REQUEST_MALFORMED"));
            Assert.Contains(calls.Answers.Keys, answer => answer == ("a bomb", "ResourceExhausted MESSAGE_TOO_LARGE"));
            Assert.DoesNotContain(calls.Answers.Keys, answer => Unclear.Any(word => answer.Answer.StartsWith(word, StringComparison.Ordinal)));
            Assert.DoesNotContain(calls.Answers.Keys, answer => !AnsweredByHttp.Contains(answer.Tried) && !IsStatusWithReason(answer.Answer));
            Assert.True(host.Process.PeakWorkingSet64 < WorkingSetBytesMax, $"{host.Process.PeakWorkingSet64:N0} bytes at most");
        }

        Directory.Delete(directory, recursive: true);
    }

    // Where the answer had begun, a deadline ends it without a reason beside its code.
    private static bool IsStatusWithReason(string answer) =>
        answer is "OK" or "DeadlineExceeded" || (answer.Split(' ') is [var code, { Length: > 0 }] && Enum.TryParse<StatusCode>(code, out _));

    private static async Task PlaceOrders(HostProcess host, int count)
    {
        var caller = host.As("erp", "caller");
        for (var placed = 0; placed < count; placed++)
            await caller.Orders.PlaceOrderAsync(new PlaceOrderRequest { Order = Honest(), RequestId = Shop.NewRequestId() });
    }

    // They ask for every change and read none of it.
    private static async Task<List<AsyncServerStreamingCall<WatchShipmentsResponse>>> OpenSlowReaders(HostProcess host)
    {
        var watcher = host.As("sleeper", "auditor");
        var open = Enumerable.Range(0, SlowReaders).Select(_ => watcher.Shipments.WatchShipments(new WatchShipmentsRequest())).ToList();
        await Task.WhenAll(open.Select(call => call.ResponseHeadersAsync));
        return open;
    }

    private static async Task StillServes(HostProcess host)
    {
        var health = await new Health.HealthClient(host.As("probe").Invoker).CheckAsync(new HealthCheckRequest());
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, health.Status);
        var caller = host.As("erp", "caller");
        var order = await caller.Orders.PlaceOrderAsync(new PlaceOrderRequest { Order = Honest(), RequestId = Shop.NewRequestId() });
        await Eventually.Becomes(
            "an honest order is decided",
            async () => (await caller.Orders.GetOrderAsync(new GetOrderRequest { Name = order.Name })).State,
            state => state == Order.Types.State.Ready);
    }

    private static Order Honest() => new OrderSketch
    {
        ShipDates = [DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().AddDays(3).DateTime)],
    }.ToOrder();

    private static void Report(HostProcess host, RawCalls calls, int opened)
    {
        host.Process.Refresh();
        var output = TestContext.Current.TestOutputHelper;
        output?.WriteLine($"{calls.Count} requests, {opened} streams, working set {host.Process.WorkingSet64 / 1_048_576} MiB, at most {host.Process.PeakWorkingSet64 / 1_048_576} MiB");
        foreach (var tried in calls.Answers.GroupBy(answer => answer.Key.Tried).OrderBy(group => group.Key, StringComparer.Ordinal))
            output?.WriteLine($"{tried.Key}: {string.Join(", ", tried.OrderByDescending(answer => answer.Value).Select(answer => $"{answer.Key.Answer} {answer.Value}"))}");
    }
}
