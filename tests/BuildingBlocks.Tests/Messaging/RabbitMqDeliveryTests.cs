using OrderTracking.BuildingBlocks.Messaging;

namespace OrderTracking.BuildingBlocks.Tests.Messaging;

public sealed class RabbitMqDeliveryTests : DeliveryContract
{
    private BrokerQueues? _queues;

    protected override MessagingOptions Transport => _queues!.Options;

    public override async ValueTask InitializeAsync() => _queues = await BrokerQueues.Find();

    public override async ValueTask DisposeAsync()
    {
        if (_queues is not null)
            await _queues.DisposeAsync();
        await base.DisposeAsync();
    }
}
