using OrderTracking.BuildingBlocks.Hosting;

namespace OrderTracking.OrderService.Stuck;

/// <summary>How long each step may take before its order counts as stuck.</summary>
public sealed record OrderStuckOptions
{
    private const string Section = "Orders:Stuck";
    private static readonly TimeSpan SpanMin = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan SpanMax = TimeSpan.FromDays(365);

    /// <summary>From an order revision until a shipment of every line was heard of.</summary>
    public TimeSpan Planned { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>From a shipment's facts until a decision about them was heard of.</summary>
    public TimeSpan Screened { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>From an amendment or a cancellation until the shipment service has answered.</summary>
    public TimeSpan ChangeAnswered { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>From a cancellation until every shipment that has not left was heard to be cancelled.</summary>
    public TimeSpan Cancelled { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>From the end of the planned ship date, in UTC, until the departure was heard of.</summary>
    public TimeSpan Dispatched { get; init; } = TimeSpan.FromDays(1);

    /// <summary>Reads <c>Orders:Stuck:*</c>.</summary>
    /// <exception cref="InvalidOperationException">With the setting, its value and what is allowed.</exception>
    public static OrderStuckOptions From(IConfiguration configuration)
    {
        var defaults = new OrderStuckOptions();
        return new OrderStuckOptions
        {
            Planned = Span(configuration, nameof(Planned), defaults.Planned),
            Screened = Span(configuration, nameof(Screened), defaults.Screened),
            ChangeAnswered = Span(configuration, nameof(ChangeAnswered), defaults.ChangeAnswered),
            Cancelled = Span(configuration, nameof(Cancelled), defaults.Cancelled),
            Dispatched = Span(configuration, nameof(Dispatched), defaults.Dispatched),
        };
    }

    private static TimeSpan Span(IConfiguration configuration, string name, TimeSpan otherwise) =>
        ConfiguredSpan.Read(configuration, $"{Section}:{name}", otherwise, SpanMin, SpanMax);
}
