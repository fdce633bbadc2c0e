using OrderTracking.ShipmentService.Stuck;

namespace OrderTracking.ShipmentService;

/// <summary>How patient the shipment service is with compliance.</summary>
public sealed record ShipmentOptions
{
    /// <summary>How long one question for a permit may take. Silence is no answer: the dispatch stays open and is resumed.</summary>
    public TimeSpan AuthorizeDeadline { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>How often dispatches that have no answer yet are resumed, beside the start.</summary>
    public TimeSpan ResumeInterval { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>When a shipment counts as stuck.</summary>
    public ShipmentStuckOptions Stuck { get; init; } = new();

    /// <summary>Reads <c>Shipments:*</c>.</summary>
    /// <exception cref="InvalidOperationException">With the setting, its value and what is allowed.</exception>
    public static ShipmentOptions From(IConfiguration configuration) => new() { Stuck = ShipmentStuckOptions.From(configuration) };
}
