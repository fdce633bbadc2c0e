using Google.Rpc;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.Host;
using OrderTracking.Messaging.V1;
using OrderTracking.Shipments.V1;
using OrderTracking.TestKit;
using Xunit;

namespace OrderTracking.SystemTests.Running;

/// <summary>An operator finds the events that were given up, reads why, and after the repair gives them back: the order goes on.</summary>
public sealed class DeadLetterTests : IAsyncLifetime
{
    private RunningHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await RunningHost.Start();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task An_order_whose_events_were_given_up_completes_after_repair_and_replay()
    {
        var (shop, otto) = (_host.Shop, _host.As("otto", "operator"));
        var orders = _host.Services.GetServices<Db>().Single(database => database.Name == "orders");
        // The defect: what the order service keeps of shipments cannot be written.
        await orders.Write(tx => tx.Execute("alter table order_shipments rename to order_shipments_away"));
        var order = await shop.PlaceOrder();
        var letters = await GivenUp(otto, orders);
        Assert.All(letters, letter => Assert.StartsWith("services/orders/deadLetters/", letter.Name, StringComparison.Ordinal));

        var whole = await _host.As("audrey", "auditor").DeadLetters.GetDeadLetterAsync(new GetDeadLetterRequest { Name = letters[0].Name });
        Assert.Contains("no such table: order_shipments", whole.Error, StringComparison.Ordinal);
        Assert.Contains(order.Name["orders/".Length..], whole.Body, StringComparison.Ordinal);
        Assert.Equal(32, whole.TraceId.Length);

        var missing = (await shop.Caller.Orders.GetOrderTimelineAsync(new() { Name = order.Name })).UndeliveredEvents;
        Assert.Equal(letters.Select(letter => letter.Name).Order(), missing.Select(undelivered => undelivered.DeadLetter).Order());
        Assert.All(missing, undelivered => Assert.Equal(Orders.V1.UndeliveredEvent.Types.Stage.DeadLetter, undelivered.Stage));
        Assert.Contains("no such table: order_shipments", missing[0].Error, StringComparison.Ordinal);
        Assert.Equal(32, missing[0].TraceId.Length);

        await orders.Write(tx => tx.Execute("alter table order_shipments_away rename to order_shipments"));
        var id = Shop.NewRequestId();
        foreach (var letter in letters)
            await otto.DeadLetters.ReplayDeadLetterAsync(new ReplayDeadLetterRequest { Name = letter.Name, Reason = "table restored", Etag = letter.Etag });
        await otto.DeadLetters.ReplayDeadLetterAsync(new ReplayDeadLetterRequest { Name = letters[0].Name, RequestId = id });

        await shop.Becomes((await shop.Screened(order.Name, 1))[0].Name, Shipment.Types.State.Ready);
        await Eventually.Becomes(
            "the order is ready",
            async () => (await shop.Caller.Orders.GetOrderAsync(new() { Name = order.Name })).State,
            state => state == Orders.V1.Order.Types.State.Ready);
        await Eventually.Becomes("all are replayed", () => List(otto, "state = REPLAYED"), replayed => replayed.Count == letters.Count);
        var timeline = await shop.Caller.Orders.GetOrderTimelineAsync(new() { Name = order.Name });
        Assert.Empty(timeline.UndeliveredEvents);
        var history = timeline.Entries;
        Assert.Single(history, entry => entry.Kind == "SHIPMENT_PLANNED");
        Assert.Single(history, entry => entry.Kind == "SHIPMENT_SCREENED");
    }

    [Fact]
    public async Task A_letter_of_compliance_that_is_discarded_is_in_its_audit_trail()
    {
        var otto = _host.As("otto", "operator");
        var compliance = _host.Services.GetServices<Db>().Single(database => database.Name == "compliance");
        await compliance.Write(tx => tx.Execute("alter table shipments rename to shipments_away"));
        await _host.Shop.PlaceOrder();
        var letter = (await GivenUp(otto, compliance))[0];
        await compliance.Write(tx => tx.Execute("alter table shipments_away rename to shipments"));

        var stale = await Assert.ThrowsAsync<RpcException>(async () =>
            await otto.DeadLetters.DiscardDeadLetterAsync(new DiscardDeadLetterRequest { Name = letter.Name, Reason = "a test", Etag = "\"9\"" }));
        Assert.Equal((StatusCode.Aborted, "ETAG_MISMATCH"), (stale.StatusCode, stale.GetRpcStatus()!.GetDetail<ErrorInfo>()!.Reason));
        await otto.DeadLetters.DiscardDeadLetterAsync(new DiscardDeadLetterRequest { Name = letter.Name, Reason = "a test" });

        var trail = await new Compliance.V1.AuditService.AuditServiceClient(_host.As("audrey", "auditor").Invoker)
            .ListAuditEntriesAsync(new() { Filter = $"subject = \"{letter.Name}\"" });
        var entry = Assert.Single(trail.AuditEntries);
        Assert.Equal(("otto", "dead_letters.discard"), (entry.Actor, entry.Action));
    }

    [Fact]
    public async Task Pages_hold_every_letter_of_every_service_once()
    {
        var otto = _host.As("otto", "operator");
        foreach (var database in _host.Services.GetServices<Db>())
        {
            for (var number = 0; number < 5; number++)
                await database.Write(tx => tx.Execute(
                    """
                    insert into dead_letters (event_id, consumer, type, body, sent_time, attempts, died_at, error)
                    values (@id, 'a/unreadable', 'unreadable', 'x', @now, 0, @now, 'Unreadable.')
                    """,
                    new { id = Guid.CreateVersion7(), now = TimeProvider.System.GetUtcNow() }));
        }

        foreach (var size in (int[])[1, 2, 5, 7, 15, 100])
        {
            var names = new List<string>();
            var request = new ListDeadLettersRequest { PageSize = size, Parent = "services/-" };
            do
            {
                var page = await otto.DeadLetters.ListDeadLettersAsync(request);
                Assert.InRange(page.DeadLetters.Count, 1, size);
                names.AddRange(page.DeadLetters.Select(letter => letter.Name));
                request.PageToken = page.NextPageToken;
            }
            while (request.PageToken.Length > 0);
            Assert.Equal(15, names.Count);
            Assert.Equal(15, names.Distinct().Count());
        }

        Assert.Equal(5, (await otto.DeadLetters.ListDeadLettersAsync(new ListDeadLettersRequest { Parent = "services/shipments" })).DeadLetters.Count);
        var refused = await Assert.ThrowsAsync<RpcException>(async () => await otto.DeadLetters.ReplayDeadLetterAsync(
            new ReplayDeadLetterRequest { Name = "services/shipments/deadLetters/1" }));
        Assert.Equal("DEAD_LETTER_UNREADABLE", refused.GetRpcStatus()!.GetDetail<ErrorInfo>()!.Reason);
    }

    // The last redelivery is ten minutes away: here it is made due.
    private static Task<IReadOnlyList<DeadLetter>> GivenUp(Person otto, Db database) => Eventually.Becomes(
        "the events are given up",
        async () =>
        {
            await database.Write(tx => tx.Execute(
                "update redeliveries set attempts = 8, due_at = @past", new { past = TimeProvider.System.GetUtcNow().AddMinutes(-1) }));
            var left = await database.Read(tx => tx.Scalar<long>("select count(*) from redeliveries"));
            return left > 0 ? [] : await List(otto, "state = WAITING");
        },
        letters => letters.Count > 0);

    private static async Task<IReadOnlyList<DeadLetter>> List(Person otto, string filter) =>
        (await otto.DeadLetters.ListDeadLettersAsync(new ListDeadLettersRequest { Filter = filter })).DeadLetters;
}
