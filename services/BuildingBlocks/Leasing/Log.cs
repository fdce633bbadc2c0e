using Microsoft.Extensions.Logging;

namespace OrderTracking.BuildingBlocks.Leasing;

internal static partial class Log
{
    [LoggerMessage(EventName = "LeaseTaken", Level = LogLevel.Information, Message = "This process has the lease {Lease}, fence {Fence}")]
    public static partial void LeaseTaken(ILogger logger, string lease, long fence);

    [LoggerMessage(EventName = "LeaseLost", Level = LogLevel.Warning, Message = "Another process has taken the lease {Lease} over from fence {Fence}")]
    public static partial void LeaseLost(ILogger logger, string lease, long fence);

    [LoggerMessage(EventName = "LeaseRenewalFailed", Level = LogLevel.Warning, Message = "The lease {Lease} could not be renewed; tried again")]
    public static partial void RenewalFailed(ILogger logger, Exception error, string lease);

    [LoggerMessage(EventName = "LeasedWorkFailed", Level = LogLevel.Error, Message = "The work under the lease {Lease} failed and is begun again")]
    public static partial void WorkFailed(ILogger logger, Exception error, string lease);
}
