namespace OrderTracking.ShipmentService;

/// <summary>What the shipment service logs. Ids only.</summary>
internal static partial class Log
{
    [LoggerMessage(
        1,
        LogLevel.Warning,
        "Dispatch attempt {AttemptId} of shipment {ShipmentId} has no answer of compliance yet: {Why}",
        EventName = "shipments.dispatch_unanswered")]
    public static partial void DispatchUnanswered(ILogger logger, Guid attemptId, Guid shipmentId, string why);

    [LoggerMessage(
        2,
        LogLevel.Error,
        "Dispatch attempt {AttemptId} of shipment {ShipmentId} could not be finished; it is resumed",
        EventName = "shipments.dispatch_unfinished")]
    public static partial void DispatchUnfinished(ILogger logger, Exception error, Guid attemptId, Guid shipmentId);

    [LoggerMessage(
        3, LogLevel.Error, "Open dispatches could not be read; they are looked for again", EventName = "shipments.resume_failed")]
    public static partial void ResumeFailed(ILogger logger, Exception error);

    [LoggerMessage(EventName = "OthersNotHeard", Level = LogLevel.Error, Message = "What other processes changed could not be looked for")]
    public static partial void OthersNotHeard(ILogger logger, Exception error);

    [LoggerMessage(EventName = "DispatchTakenOver", Level = LogLevel.Warning, Message = "Another process has dispatch attempt {AttemptId} of shipment {ShipmentId}; it ends there")]
    public static partial void DispatchTakenOver(ILogger logger, Guid attemptId, Guid shipmentId);
}
