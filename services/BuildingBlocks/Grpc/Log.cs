using Microsoft.Extensions.Logging;

namespace OrderTracking.BuildingBlocks.Grpc;

internal static partial class Log
{
    [LoggerMessage(EventName = "CallFailed", Level = LogLevel.Error, Message = "The call {Method} failed in trace {TraceId}")]
    public static partial void CallFailed(ILogger logger, Exception error, string method, string traceId);
}
