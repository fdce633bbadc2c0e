namespace OrderTracking.OrderService.Stuck;

/// <summary>A step of an order that takes longer than it may.</summary>
/// <param name="Seq">The order's place among all.</param>
/// <param name="State">The stored name of the order's state.</param>
/// <param name="Step">One of <see cref="MissingSteps"/>.</param>
/// <param name="ShipmentId">Whose step it is; null: the order's own.</param>
/// <param name="Standing">Where that shipment stands; blank where it does not matter.</param>
internal sealed record OverdueStep(
    long Seq, Guid OrderId, string State, string Step, Guid? ShipmentId, string Standing, DateTimeOffset Since, TimeSpan Allowed)
{
    /// <summary>When it ought to have been done.</summary>
    public DateTimeOffset Due => Since + Allowed;

    /// <summary>Of each order the step that is overdue longest: an order is stuck once.</summary>
    public static IReadOnlyList<OverdueStep> OneAnOrder(IEnumerable<OverdueStep> steps) =>
        [.. steps.GroupBy(step => step.OrderId).Select(ofOrder => ofOrder.OrderBy(step => step.Due).ThenBy(step => step.ShipmentId).First())];

    /// <summary>What to say where no event in this database explains it.</summary>
    public string Explanation => (Step, Standing) switch
    {
        (MissingSteps.Planned, _) =>
            "No shipment of each of its lines was heard of: look whether the shipment service runs, and at its dead letters and its outbox.",
        (MissingSteps.Screened, _) =>
            "No decision about the shipment as it is was heard of: look whether compliance runs, and at its dead letters and its outbox.",
        (MissingSteps.ChangeAnswered, _) =>
            "The shipment service has not answered an amendment or a cancellation, which is asked again until it does: look whether it runs.",
        (MissingSteps.Cancelled, _) =>
            "The order was cancelled and the shipment was not heard to be: look at the dead letters and the outbox of the shipment service.",
        (MissingSteps.Dispatched, "HELD") => "Its ship date has passed while it is held: its hold waits for a release, or it for a new date.",
        _ => "Its ship date has passed: nobody dispatched it, or its departure was not heard of; compare with the shipment itself.",
    };
}
