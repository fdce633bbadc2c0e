using Microsoft.Extensions.Logging;

namespace OrderTracking.BuildingBlocks.Messaging;

internal static partial class Log
{
    [LoggerMessage(EventName = "HandlerFailed", Level = LogLevel.Warning, Message = "{Consumer} failed on event {EventId}, attempt {Attempt}")]
    public static partial void HandlerFailed(ILogger logger, Exception error, Guid eventId, string consumer, long attempt);

    [LoggerMessage(EventName = "NotAcknowledged", Level = LogLevel.Error, Message = "{Consumer} could neither take event {EventId} nor keep it for later; it will be published again")]
    public static partial void NotAcknowledged(ILogger logger, Exception error, Guid eventId, string consumer);

    [LoggerMessage(EventName = "LoopFailed", Level = LogLevel.Error, Message = "A message loop of the database {Database} failed and goes on")]
    public static partial void LoopFailed(ILogger logger, Exception error, string database);
}
