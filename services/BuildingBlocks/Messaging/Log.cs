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

    [LoggerMessage(EventName = "EventHeld", Level = LogLevel.Error, Message = "{Consumer} could neither take event {EventId} nor keep it for later; it holds the event and tries again")]
    public static partial void Held(ILogger logger, Exception error, Guid eventId, string consumer);

    [LoggerMessage(EventName = "EventNotSent", Level = LogLevel.Warning, Message = "An event of the database {Database} was not confirmed by the broker; it will be sent again")]
    public static partial void NotSent(ILogger logger, Exception error, string database);

    [LoggerMessage(EventName = "UnreadableNotKept", Level = LogLevel.Error, Message = "An unreadable message of the queue {Queue} could not be stored yet; it stays with the broker")]
    public static partial void NotKept(ILogger logger, Exception error, string queue);

    [LoggerMessage(EventName = "BrokerUp", Level = LogLevel.Information, Message = "The broker {Endpoint} answers")]
    public static partial void BrokerUp(ILogger logger, string endpoint);

    [LoggerMessage(EventName = "BrokerDown", Level = LogLevel.Error, Message = "The broker {Host}:{Port} does not answer, events wait in their outboxes: {Reason}")]
    public static partial void BrokerDown(ILogger logger, string host, int port, string reason);

    [LoggerMessage(EventName = "ClaimsKept", Level = LogLevel.Warning, Message = "The claims on events could not be given up; they end by themselves")]
    public static partial void ClaimsKept(ILogger logger, Exception error);
}
