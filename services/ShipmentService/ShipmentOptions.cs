namespace OrderTracking.ShipmentService;

/// <summary>How patient the shipment service is with compliance.</summary>
public sealed record ShipmentOptions
{
    /// <summary>How long one question for a permit may take. Silence is no answer: the dispatch stays open and is resumed.</summary>
    public TimeSpan AuthorizeDeadline { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>How often dispatches that have no answer yet are resumed, beside the start.</summary>
    public TimeSpan ResumeInterval { get; init; } = TimeSpan.FromSeconds(3);
}
