namespace OrderTracking.ShipmentService.Stuck;

/// <summary>The steps a shipment can wait for; they are the API's names and the metric's label.</summary>
internal static class MissingSteps
{
    public const string Screened = "SCREENED";
    public const string DispatchAnswered = "DISPATCH_ANSWERED";
    public const string Dispatched = "DISPATCHED";
    public const string Delivered = "DELIVERED";
    public const string Returned = "RETURNED";

    public static readonly IReadOnlyList<string> All = [Screened, DispatchAnswered, Dispatched, Delivered, Returned];
}
