using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using OrderTracking.BuildingBlocks.Hosting;

namespace OrderTracking.BuildingBlocks.Grpc;

/// <summary>
/// The bytes of all messages the process holds at once. A parsed message can be fifty times as large as its bytes (a list of empty
/// elements, unknown fields), so that a limit of one message's size bounds no memory: many callers have many messages.
/// </summary>
internal sealed class MessageBudget(GrpcLimitsOptions limits)
{
    private const int HeaderBytes = 5;

    // What gzip can make of a byte at most.
    private const long UnpackedMax = 1_032;
    private long _held;

    /// <summary>What a call's messages count, before one is read: the length a frame states, and the most there can be where it does not tell.</summary>
    /// <returns>Null: the caller has gone, or sends too slowly.</returns>
    public ValueTask<int?> SizeOf(HttpContext context, MethodType? type) => type switch
    {
        null => new ValueTask<int?>(0),
        MethodType.ClientStreaming or MethodType.DuplexStreaming => new ValueTask<int?>(limits.ReceivedMessageBytesMax),
        _ => FirstOf(context.Request.BodyReader, context.RequestAborted),
    };

    // Pooled: many a call comes here before its message does.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int?> FirstOf(PipeReader reader, CancellationToken aborted)
    {
        try
        {
            while (true)
            {
                if (!reader.TryRead(out var read))
                    read = await reader.ReadAsync(aborted);
                var size = SizeOf(read.Buffer);
                if (size is null && !read.IsCompleted)
                {
                    reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                    continue;
                }

                // Nothing is consumed: the message is still there for gRPC to read.
                reader.AdvanceTo(read.Buffer.Start);
                return size ?? 0;
            }
        }
        catch (Exception error) when (error is IOException or OperationCanceledException)
        {
            return null;
        }
    }

    public bool TryTake(int bytes)
    {
        if (Interlocked.Add(ref _held, bytes) <= limits.MessageBytesHeldMax)
            return true;
        Give(bytes);
        return false;
    }

    public void Give(int bytes) => Interlocked.Add(ref _held, -bytes);

    private int? SizeOf(ReadOnlySequence<byte> buffer)
    {
        if (buffer.Length < HeaderBytes)
            return null;
        Span<byte> header = stackalloc byte[HeaderBytes];
        buffer.Slice(0, HeaderBytes).CopyTo(header);
        var length = BinaryPrimitives.ReadUInt32BigEndian(header[1..]);
        // It is refused by gRPC, and never held.
        if (length > limits.ReceivedMessageBytesMax)
            return 0;
        return (int)(header[0] == 0 ? length : Math.Min(length * UnpackedMax, limits.ReceivedMessageBytesMax));
    }
}
