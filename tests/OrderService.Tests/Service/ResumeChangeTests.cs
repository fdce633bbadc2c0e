using Grpc.Core;
using OrderTracking.Orders.V1;
using Xunit;

namespace OrderTracking.OrderService.Tests.Service;

public sealed class ResumeChangeTests
{
    private const string RequestId = "0197a5e0-0000-7000-8000-000000000001";

    [Fact]
    public async Task A_change_shipments_did_not_answer_is_finished_after_a_restart()
    {
        var directory = Directory.CreateTempSubdirectory("orders").FullName;
        Order placed;
        var request = new AmendOrderRequest();
        await using (var host = await OrderHost.Start(Unreachable(), directory: directory))
        {
            placed = await host.Client.PlaceOrderAsync(Sample.Place(100));
            request = AmendOrderTests.Amend(placed, 70);
            request.RequestId = RequestId;
            var refused = await Expect.Refused(host.Client.AmendOrderAsync(request));
            Assert.Equal((StatusCode.Unavailable, "SERVICE_UNREACHABLE", true), (refused.Code, refused.Reason, refused.MayRetry));
            Assert.Equal(1, (await host.Client.GetOrderAsync(new GetOrderRequest { Name = placed.Name })).Revision);
        }

        await using (var host = await OrderHost.Start(directory: directory))
        {
            var changed = await Expect.Eventually(async () => await host.Client.GetOrderAsync(new GetOrderRequest { Name = placed.Name }), order => order.Revision == 2);
            Assert.Equal(70, changed.Quantities.Ordered);
            Assert.Equal(0, await host.Count("order_changes_pending"));
            Assert.Equal(changed, await host.Client.AmendOrderAsync(request));
            Assert.Equal(2, await host.Count("outbox"));
        }

        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task A_kept_change_stops_others_and_is_continued_by_its_own_request_id()
    {
        var shipments = Unreachable();
        await using var host = await OrderHost.Start(shipments);
        var placed = await host.Client.PlaceOrderAsync(Sample.Place(100));
        var request = AmendOrderTests.Amend(placed, 70);
        request.RequestId = RequestId;
        await Expect.Refused(host.Client.AmendOrderAsync(request));
        var other = await Expect.Refused(host.Client.CancelOrderAsync(new CancelOrderRequest { Name = placed.Name, Reason = "no" }));
        Assert.Equal((StatusCode.Aborted, "ORDER_CHANGE_IN_PROGRESS", true), (other.Code, other.Reason, other.MayRetry));
        shipments.Before = _ => Task.CompletedTask;
        var amended = await host.Client.AmendOrderAsync(request);
        Assert.Equal((2, 70), (amended.Revision, amended.Quantities.Ordered));
        Assert.Equal(amended, await host.Client.AmendOrderAsync(request));
    }

    [Fact]
    public async Task A_kept_change_that_is_refused_later_is_forgotten()
    {
        var shipments = Unreachable();
        await using var host = await OrderHost.Start(shipments);
        var placed = await host.Client.PlaceOrderAsync(Sample.Place(100));
        await Expect.Refused(host.Client.AmendOrderAsync(AmendOrderTests.Amend(placed, 70)));
        shipments.Before = _ => throw FakeShipments.Refused("SHIPMENT_DISPATCHING", StatusCode.Aborted);
        await Expect.Eventually(() => host.Count("order_changes_pending"), count => count == 0);
        Assert.Equal(placed, await host.Client.GetOrderAsync(new GetOrderRequest { Name = placed.Name }));
    }

    [Fact]
    public async Task A_caller_who_gives_up_does_not_leave_half_a_change()
    {
        var asked = new TaskCompletionSource();
        var answer = new TaskCompletionSource();
        var shipments = new FakeShipments { Before = _ => { asked.TrySetResult(); return answer.Task; } };
        await using var host = await OrderHost.Start(shipments);
        var placed = await host.Client.PlaceOrderAsync(Sample.Place(100));
        using var given = new CancellationTokenSource();
        var call = host.Client.AmendOrderAsync(AmendOrderTests.Amend(placed, 70), cancellationToken: given.Token);
        await asked.Task;
        await given.CancelAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => call.ResponseAsync);
        answer.SetResult();
        await Expect.Eventually(async () => await host.Client.GetOrderAsync(new GetOrderRequest { Name = placed.Name }), order => order.Revision == 2);
        Assert.Single(shipments.Asked);
    }

    private static FakeShipments Unreachable() => new() { Before = _ => throw FakeShipments.Refused("SERVICE_STOPPING", StatusCode.Unavailable) };
}
