namespace OrderTracking.ShipmentService.Stuck;

/// <summary>A step of a shipment that takes longer than it may. A shipment waits for one step at a time.</summary>
/// <param name="Seq">The shipment's place among all.</param>
/// <param name="State">The stored name of its state.</param>
/// <param name="Step">One of <see cref="MissingSteps"/>.</param>
internal sealed record OverdueStep(
    long Seq, Guid ShipmentId, string OrderName, string State, string Step, DateTimeOffset Since, TimeSpan Allowed)
{
    /// <summary>When it ought to have been done.</summary>
    public DateTimeOffset Due => Since + Allowed;

    /// <summary>What to say where no event in this database explains it.</summary>
    public string Explanation => (Step, State) switch
    {
        (MissingSteps.Screened, _) =>
            "No decision about it as it is was heard of: look whether compliance runs, and at its dead letters and its outbox.",
        (MissingSteps.DispatchAnswered, _) =>
            "Compliance has neither granted nor refused the permit and is asked again until it does: look whether it can be reached.",
        (MissingSteps.Dispatched, "HELD") => "Its ship date has passed while it is held: its hold waits for a release, or it for a new date.",
        (MissingSteps.Dispatched, _) => "Its ship date has passed and nobody dispatched it: dispatch it, or give it a new date.",
        (MissingSteps.Returned, _) => "It was recalled and has not come back: its permit was revoked after it left; ask the carrier.",
        _ => "It left and no delivery was reported: ask the carrier, or record the milestone.",
    };
}
