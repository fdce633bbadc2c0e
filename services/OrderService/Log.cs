namespace OrderTracking.OrderService;

internal static partial class Log
{
    [LoggerMessage(EventName = "ChangeFinished", Level = LogLevel.Information, Message = "The change of order {OrderId} to revision {Revision} was finished")]
    public static partial void ChangeFinished(ILogger logger, Guid orderId, long revision);

    [LoggerMessage(EventName = "ChangeRefused", Level = LogLevel.Warning, Message = "The change of order {OrderId} to revision {Revision} was refused: {Answer}")]
    public static partial void ChangeRefused(ILogger logger, Guid orderId, long revision, string answer);

    [LoggerMessage(EventName = "ChangeWaits", Level = LogLevel.Debug, Message = "The change of order {OrderId} to revision {Revision} waits: {Reason}")]
    public static partial void ChangeWaits(ILogger logger, Guid orderId, long revision, string reason);

    [LoggerMessage(EventName = "ChangeFailed", Level = LogLevel.Error, Message = "The change of order {OrderId} to revision {Revision} failed and is tried again")]
    public static partial void ChangeFailed(ILogger logger, Exception error, Guid orderId, long revision);

    [LoggerMessage(EventName = "ChangesNotResumed", Level = LogLevel.Error, Message = "Unfinished changes of orders could not be taken up")]
    public static partial void ChangesNotResumed(ILogger logger, Exception error);

    [LoggerMessage(EventName = "OthersNotHeard", Level = LogLevel.Error, Message = "What other processes recorded could not be looked for")]
    public static partial void OthersNotHeard(ILogger logger, Exception error);
}
