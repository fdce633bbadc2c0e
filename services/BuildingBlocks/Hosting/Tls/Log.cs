using Microsoft.Extensions.Logging;

namespace OrderTracking.BuildingBlocks.Hosting.Tls;

internal static partial class Log
{
    [LoggerMessage(EventName = "FilesReplaced", Level = LogLevel.Information, Message = "New connections use what is in {Files} now")]
    public static partial void FilesReplaced(ILogger logger, string files);

    [LoggerMessage(EventName = "FilesUnreadable", Level = LogLevel.Error, Message = "What is in {Files} now cannot be used; the last that could stays in use")]
    public static partial void FilesUnreadable(ILogger logger, Exception error, string files);
}
