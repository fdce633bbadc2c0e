namespace OrderTracking.BuildingBlocks.Hosting;

/// <summary>The limits of every gRPC server and client of the system.</summary>
public static class GrpcLimits
{
    /// <summary>The largest message that is received, in bytes.</summary>
    public const int ReceivedMessageBytesMax = 4 * 1024 * 1024;

    /// <summary>The largest message that is sent, in bytes: a page of the largest size fits.</summary>
    public const int SentMessageBytesMax = 16 * 1024 * 1024;

    /// <summary>Concurrent calls on one connection.</summary>
    public const int StreamsPerConnectionMax = 1_000;

    /// <summary>The deadline of a unary call between services that brings none of its own, in seconds.</summary>
    public const int ServiceCallSeconds = 10;
}
