using Microsoft.Extensions.Logging;

namespace OrderTracking.BuildingBlocks.Data;

internal static partial class Log
{
    [LoggerMessage(EventName = "BatchFailed", Level = LogLevel.Error, Message = "The database {Database} failed a batch of {Callers} transactions")]
    public static partial void BatchFailed(ILogger logger, Exception error, string database, int callers);

    [LoggerMessage(EventName = "ConnectionReplaced", Level = LogLevel.Warning, Message = "The idle connection to the database {Database} was broken; another is opened")]
    public static partial void ConnectionReplaced(ILogger logger, Exception error, string database);

    [LoggerMessage(EventName = "SignalFailed", Level = LogLevel.Error, Message = "A signal after a commit failed")]
    public static partial void SignalFailed(ILogger logger, Exception error);
}
