using Microsoft.Extensions.Logging;

namespace OrderTracking.BuildingBlocks.Jobs;

internal static partial class Log
{
    [LoggerMessage(EventName = "JobLookFailed", Level = LogLevel.Error, Message = "The runner of the database {Database} failed and goes on")]
    public static partial void LookFailed(ILogger logger, Exception error, string database);

    [LoggerMessage(EventName = "JobFailed", Level = LogLevel.Error, Message = "The job {Kind} {JobId} failed")]
    public static partial void RunFailed(ILogger logger, Exception error, string kind, Guid jobId);

    [LoggerMessage(EventName = "JobPostponed", Level = LogLevel.Warning, Message = "The job {Kind} {JobId} goes on in a moment")]
    public static partial void RunPostponed(ILogger logger, Exception error, string kind, Guid jobId);

    [LoggerMessage(EventName = "JobEndFailed", Level = LogLevel.Error, Message = "The end of the job {Kind} {JobId} could not be stored; it will be claimed again")]
    public static partial void EndFailed(ILogger logger, Exception error, string kind, Guid jobId);
}
