using Microsoft.Extensions.Logging;

namespace OrderTracking.BuildingBlocks.Data;

internal static partial class Log
{
    [LoggerMessage(EventName = "BatchFailed", Level = LogLevel.Error, Message = "The database {Database} failed a batch of {Callers} transactions")]
    public static partial void BatchFailed(ILogger logger, Exception error, string database, int callers);

    [LoggerMessage(EventName = "SignalFailed", Level = LogLevel.Error, Message = "A signal after a commit failed")]
    public static partial void SignalFailed(ILogger logger, Exception error);
}
