namespace OrderTracking.OrderService.Stuck;

/// <summary>The steps an order can wait for; they are the API's names and the metric's label.</summary>
internal static class MissingSteps
{
    public const string Planned = "PLANNED";
    public const string Screened = "SCREENED";
    public const string ChangeAnswered = "CHANGE_ANSWERED";
    public const string Cancelled = "CANCELLED";
    public const string Dispatched = "DISPATCHED";

    public static readonly IReadOnlyList<string> All = [Planned, Screened, ChangeAnswered, Cancelled, Dispatched];
}
