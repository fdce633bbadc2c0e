using OrderTracking.ShipmentService.Dispatches;
using OrderTracking.ShipmentService.Shipments;

namespace OrderTracking.ShipmentService.Tests.Pure;

public sealed class DispatchRulesTests
{
    [Theory]
    [InlineData(nameof(ShipmentState.Planned), "SHIPMENT_NOT_READY")]
    [InlineData(nameof(ShipmentState.Held), "SHIPMENT_NOT_READY")]
    [InlineData(nameof(ShipmentState.Blocked), "SHIPMENT_NOT_READY")]
    [InlineData(nameof(ShipmentState.Dispatching), "SHIPMENT_DISPATCHING")]
    [InlineData(nameof(ShipmentState.Dispatched), "SHIPMENT_ALREADY_DISPATCHED")]
    [InlineData(nameof(ShipmentState.Recalled), "SHIPMENT_ALREADY_DISPATCHED")]
    [InlineData(nameof(ShipmentState.InTransit), "SHIPMENT_ALREADY_DISPATCHED")]
    [InlineData(nameof(ShipmentState.Delivered), "SHIPMENT_ALREADY_DISPATCHED")]
    [InlineData(nameof(ShipmentState.Returned), "SHIPMENT_RETURNED")]
    [InlineData(nameof(ShipmentState.Cancelled), "SHIPMENT_CANCELLED")]
    public void Only_a_ready_shipment_begins_to_be_dispatched(string name, string reason)
    {
        var shipment = Given.Shipment(Enum.Parse<ShipmentState>(name));
        Assert.Equal(reason, Given.Refused(() => DispatchRules.Begin(shipment, Given.NewId(), Given.Stamp)).Reason.Name);
    }

    [Fact]
    public void A_held_shipment_is_refused_with_one_violation_a_reason()
    {
        var held = Given.Shipment(ShipmentState.Held) with { Reasons = ["CREDIT", "US-3A090-A"] };
        var refusal = Given.Refused(() => DispatchRules.Begin(held, Given.NewId(), Given.Stamp));
        Assert.Equal(["CREDIT", "US-3A090-A"], refusal.PreconditionViolations.Select(violation => violation.Subject));
        Assert.All(refusal.PreconditionViolations, violation => Assert.Equal("HELD", violation.Type));
    }

    [Fact]
    public void A_grant_dispatches_with_carrier_permit_and_news()
    {
        var (shipment, attempt) = Dispatching();
        var step = Assert.Single(DispatchRules.Grant(shipment, attempt, Given.NewId(), revoked: false, Given.Stamp));
        Assert.Equal(ShipmentState.Dispatched, step.After.State);
        Assert.Equal("DHL", step.After.Carrier);
        Assert.NotNull(step.After.PermitId);
        Assert.Null(step.After.AttemptId);
        Assert.IsType<ShipmentNews.Dispatched>(step.News);
    }

    [Fact]
    public void A_grant_of_a_permit_that_was_revoked_meanwhile_recalls_at_once()
    {
        var (shipment, attempt) = Dispatching();
        var steps = DispatchRules.Grant(shipment, attempt, Given.NewId(), revoked: true, Given.Stamp);
        Assert.Equal([ShipmentState.Dispatched, ShipmentState.Recalled], steps.Select(step => step.After.State));
        Assert.Equal("RECALLED", Assert.IsType<ShipmentNews.Revised>(steps[1].News).Change);
        Assert.Equal(steps[0].After.Sequence + 1, steps[1].After.Sequence);
    }

    [Theory]
    [InlineData(nameof(ShipmentState.Held))]
    [InlineData(nameof(ShipmentState.Blocked))]
    public void A_refusal_leaves_what_compliance_answered(string name)
    {
        var standing = Enum.Parse<ShipmentState>(name);
        var (shipment, attempt) = Dispatching();
        var after = DispatchRules.Refuse(shipment, attempt.Id, Given.Screening(2, standing, reasons: "US-IS-LETTER"), Given.Stamp).After;
        Assert.Equal(standing, after.State);
        Assert.Equal(2, after.ScreeningNumber);
        Assert.Equal(["US-IS-LETTER"], after.Reasons);
    }

    [Fact]
    public void A_screening_that_overtook_the_refusal_counts()
    {
        var (shipment, attempt) = Dispatching();
        var overtaken = ScreenShipment.Apply(shipment, Given.Screening(3, ShipmentState.Ready), Given.Stamp)!.After;
        var after = DispatchRules.Refuse(overtaken, attempt.Id, Given.Screening(2, ShipmentState.Held), Given.Stamp).After;
        Assert.Equal(ShipmentState.Ready, after.State);
        Assert.Equal(3, after.ScreeningNumber);
    }

    [Fact]
    public void A_refusal_that_does_not_say_what_is_left_holds()
    {
        var (shipment, attempt) = Dispatching();
        Assert.Equal(ShipmentState.Held, DispatchRules.Refuse(shipment, attempt.Id, null, Given.Stamp).After.State);
    }

    [Fact]
    public void An_undecided_question_leaves_what_the_last_screening_says()
    {
        var (shipment, attempt) = Dispatching();
        Assert.Equal(ShipmentState.Ready, DispatchRules.NotDecided(shipment, attempt.Id, Given.Stamp).After.State);
        var held = ScreenShipment.Apply(shipment, Given.Screening(2, ShipmentState.Held), Given.Stamp)!.After;
        Assert.Equal(ShipmentState.Held, DispatchRules.NotDecided(held, attempt.Id, Given.Stamp).After.State);
    }

    [Fact]
    public void A_revoked_permit_recalls_only_what_has_not_departed()
    {
        var dispatched = Given.Shipment(ShipmentState.Dispatched);
        Assert.Equal(
            ShipmentState.Recalled, DispatchRules.Recall(dispatched, dispatched.PermitId!.Value, "amended", Given.Stamp)!.After.State);
        Assert.Null(DispatchRules.Recall(dispatched, Given.NewId(), "another permit", Given.Stamp));
        var away = Given.Shipment(ShipmentState.InTransit);
        Assert.Null(DispatchRules.Recall(away, away.PermitId!.Value, "amended", Given.Stamp));
    }

    [Fact]
    public void Another_attempt_ends_nothing()
    {
        var (shipment, _) = Dispatching();
        Assert.Throws<InvalidOperationException>(() => DispatchRules.NotDecided(shipment, Given.NewId(), Given.Stamp));
    }

    private static (Shipment Shipment, DispatchAttempt Attempt) Dispatching()
    {
        var id = Given.NewId();
        var step = DispatchRules.Begin(Given.Shipment(ShipmentState.Ready), id, Given.Stamp);
        Assert.Null(step.News);
        return (step.After, Given.Attempt(step.After, id));
    }
}
