using OrderTracking.BuildingBlocks.Messaging;

namespace OrderTracking.BuildingBlocks.Tests.Messaging;

public sealed class InMemoryDeliveryTests : DeliveryContract
{
    protected override MessagingOptions Transport { get; } = new();

    public override ValueTask InitializeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_row_stays_unmarked_while_a_consumer_has_not_committed_and_is_published_again_by_the_next_start()
    {
        // No redelivery can be stored either, so nothing is acknowledged.
        await using (var bus = await Start(new Script { Fails = (consumer, _) => consumer == "second" }))
        {
            await bus.Db.Write(tx => tx.Execute("alter table redeliveries rename to redeliveries_away"));
            await bus.Send(BusHost.NewEvent());
            await Eventually.Holds(async () => await bus.Effects("first") == 1, "the first consumer has it");
            Assert.Equal(1, await bus.Unpublished());
        }

        await using (var db = await ThingsDb.Create(Directory))
        {
            Assert.Equal(1, await db.Count("outbox where published_at is null"));
            await db.Write(tx => tx.Execute("alter table redeliveries_away rename to redeliveries"));
        }

        await using var restarted = await Start(new Script());
        await Eventually.Holds(async () => await restarted.Effects("second") == 1, "the second consumer has it after the restart");
        await Eventually.Holds(async () => await restarted.Unpublished() == 0, "the event is marked");
        Assert.Equal(1, await restarted.Effects("first"));
    }

    [Fact]
    public void A_transport_there_is_not_stops_the_start()
    {
        var error = Assert.Throws<InvalidOperationException>(() => new MessagingOptions { Transport = "Kafka" }.Check());
        Assert.Contains("Messaging:Transport is 'Kafka'; allowed are 'InMemory' and 'RabbitMq'", error.Message, StringComparison.Ordinal);
    }
}
