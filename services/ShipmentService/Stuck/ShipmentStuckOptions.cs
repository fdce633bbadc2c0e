using OrderTracking.BuildingBlocks.Hosting;

namespace OrderTracking.ShipmentService.Stuck;

/// <summary>How long each step may take before its shipment counts as stuck.</summary>
public sealed record ShipmentStuckOptions
{
    private const string Section = "Shipments:Stuck";
    private static readonly TimeSpan SpanMin = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan SpanMax = TimeSpan.FromDays(365);

    /// <summary>From a shipment's facts until compliance has decided about them.</summary>
    public TimeSpan Screened { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>From a call to dispatch until compliance has granted or refused the permit.</summary>
    public TimeSpan DispatchAnswered { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>From the end of the planned ship date, in UTC, until the departure.</summary>
    public TimeSpan Dispatched { get; init; } = TimeSpan.FromDays(1);

    /// <summary>From the end of the day of departure, in UTC, until the delivery.</summary>
    public TimeSpan Delivered { get; init; } = TimeSpan.FromDays(30);

    /// <summary>From a recall until the goods are back.</summary>
    public TimeSpan Returned { get; init; } = TimeSpan.FromDays(14);

    /// <summary>Reads <c>Shipments:Stuck:*</c>.</summary>
    /// <exception cref="InvalidOperationException">With the setting, its value and what is allowed.</exception>
    public static ShipmentStuckOptions From(IConfiguration configuration)
    {
        var defaults = new ShipmentStuckOptions();
        return new ShipmentStuckOptions
        {
            Screened = Span(configuration, nameof(Screened), defaults.Screened),
            DispatchAnswered = Span(configuration, nameof(DispatchAnswered), defaults.DispatchAnswered),
            Dispatched = Span(configuration, nameof(Dispatched), defaults.Dispatched),
            Delivered = Span(configuration, nameof(Delivered), defaults.Delivered),
            Returned = Span(configuration, nameof(Returned), defaults.Returned),
        };
    }

    private static TimeSpan Span(IConfiguration configuration, string name, TimeSpan otherwise) =>
        ConfiguredSpan.Read(configuration, $"{Section}:{name}", otherwise, SpanMin, SpanMax);
}
