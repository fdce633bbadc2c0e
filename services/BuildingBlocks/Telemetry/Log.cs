using Microsoft.Extensions.Logging;

namespace OrderTracking.BuildingBlocks.Telemetry;

internal static partial class Log
{
    [LoggerMessage(EventName = "NotCounted", Level = LogLevel.Warning, Message = "What waits in the database {Database} could not be counted for the metrics")]
    public static partial void NotCounted(ILogger logger, Exception error, string database);

    [LoggerMessage(EventName = "NotSampled", Level = LogLevel.Warning, Message = "The metric {Metric} could not be counted")]
    public static partial void NotSampled(ILogger logger, Exception error, string metric);
}
