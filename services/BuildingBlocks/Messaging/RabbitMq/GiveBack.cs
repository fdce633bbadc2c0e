using MassTransit;

namespace OrderTracking.BuildingBlocks.Messaging.RabbitMq;

/// <summary>
/// Keeps what the gate gives back out of the error queue. The bus takes a cancelled handler for a failed one unless it is stopping itself,
/// and the gate closes before that; thrown on, the message returns to its own queue and is delivered again, here or to another process.
/// </summary>
internal sealed class GiveBack : IFilter<ExceptionReceiveContext>
{
    public Task Send(ExceptionReceiveContext context, IPipe<ExceptionReceiveContext> next) =>
        context.Exception.GetBaseException() is ConsumerCanceledException or OperationCanceledException
            ? Task.FromException(context.Exception)
            : next.Send(context);

    public void Probe(ProbeContext context) => context.CreateFilterScope("giveBack");
}
