using OrderTracking.OrderService.Stuck;

namespace OrderTracking.OrderService;

/// <summary>What a deployment may choose about orders.</summary>
public sealed record OrderOptions
{
    /// <summary>Refuse to amend or cancel an order without the etag that was read.</summary>
    public bool EtagRequired { get; init; }

    /// <summary>When an order counts as stuck.</summary>
    public OrderStuckOptions Stuck { get; init; } = new();

    /// <summary>Reads <c>Orders:*</c>.</summary>
    /// <exception cref="InvalidOperationException">With the setting, its value and what is allowed.</exception>
    public static OrderOptions From(IConfiguration configuration) => new()
    {
        EtagRequired = configuration.GetValue<bool>("Orders:EtagRequired"),
        Stuck = OrderStuckOptions.From(configuration),
    };
}
