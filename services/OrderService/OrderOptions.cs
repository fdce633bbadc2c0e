namespace OrderTracking.OrderService;

/// <summary>What a deployment may choose about orders.</summary>
public sealed record OrderOptions
{
    /// <summary>Refuse to amend or cancel an order without the etag that was read.</summary>
    public bool EtagRequired { get; init; }
}
