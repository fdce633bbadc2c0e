using Grpc.Core;
using OrderTracking.BuildingBlocks.Grpc;
using V1 = OrderTracking.Messaging.V1;

namespace OrderTracking.BuildingBlocks.Messaging.DeadLetters;

/// <summary>The dead letters of every database of the process.</summary>
internal sealed class DeadLetterGrpcService(ReadDeadLetters read, SettleDeadLetter settle) : V1.DeadLetterService.DeadLetterServiceBase
{
    public override Task<V1.DeadLetter> GetDeadLetter(V1.GetDeadLetterRequest request, ServerCallContext context) =>
        read.Get(request, context.CancellationToken);

    public override Task<V1.ListDeadLettersResponse> ListDeadLetters(V1.ListDeadLettersRequest request, ServerCallContext context) =>
        read.List(request, context.CancellationToken);

    public override Task<V1.DeadLetter> ReplayDeadLetter(V1.ReplayDeadLetterRequest request, ServerCallContext context) =>
        settle.Replay(request, context.Method, context.Actor(), context.CancellationToken);

    public override Task<V1.DeadLetter> DiscardDeadLetter(V1.DiscardDeadLetterRequest request, ServerCallContext context) =>
        settle.Discard(request, context.Method, context.Actor(), context.CancellationToken);
}
