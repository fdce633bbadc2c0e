using Google.Protobuf.WellKnownTypes;
using OrderTracking.Contracts.Shipments;
using OrderTracking.Wire;
using Api = OrderTracking.Shipments.V1;
using Kind = OrderTracking.Shipments.V1.Milestone.Types.Kind;
using State = OrderTracking.Shipments.V1.Shipment.Types.State;

namespace OrderTracking.ShipmentService.Tests.Service;

public sealed class MilestoneTests : IAsyncLifetime
{
    private ShipmentsHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await ShipmentsHost.Start();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task An_earlier_event_recorded_later_sorts_by_event_time_and_moves_the_actual_date()
    {
        var dispatched = await _host.DispatchedShipment();
        _host.Clock.Advance(TimeSpan.FromDays(3));
        var late = Given.Now.AddDays(2);
        await _host.Caller.RecordMilestoneAsync(Request(dispatched, Kind.Departed, late));
        await _host.Caller.RecordMilestoneAsync(Request(dispatched, Kind.Arrived, late.AddHours(12)));
        var shipment = await _host.Caller.RecordMilestoneAsync(Request(dispatched, Kind.Departed, late.AddDays(-1)));
        Assert.Equal([3L, 1L, 2L], shipment.Milestones.Select(milestone => milestone.Number));
        Assert.All(shipment.Milestones, milestone => Assert.Equal(_host.Clock.GetUtcNow(), milestone.RecordTime.ToDateTimeOffset()));
        Assert.Equal((State.InTransit, WireDate.Of(new DateOnly(2025, 3, 2))), (shipment.State, shipment.ActualShipDate));
        var actual = shipment.DateHistory.Where(change => change.Kind == Api.DateChange.Types.Kind.ActualShip);
        var (third, second) = (WireDate.Of(new DateOnly(2025, 3, 3)), WireDate.Of(new DateOnly(2025, 3, 2)));
        Assert.Equal([(null!, third), (third, second)], actual.Select(change => (change.OldDate, change.NewDate)));
        Assert.Equal(shipment, await _host.Get(shipment.Name));
    }

    [Fact]
    public async Task A_milestone_is_told_with_its_local_date()
    {
        var dispatched = await _host.DispatchedShipment();
        var night = new DateTimeOffset(2025, 3, 1, 7, 59, 0, TimeSpan.Zero);
        await _host.Caller.RecordMilestoneAsync(Request(dispatched, Kind.Departed, night));
        var told = Assert.Single(await _host.Sent<ShipmentMilestoneRecorded>());
        Assert.Equal(("DEPARTED", night, new DateOnly(2025, 2, 28), "IN_TRANSIT"), (told.Kind, told.MilestoneTime, told.LocalDate, told.Shipment.State));
        Assert.Equal(new DateOnly(2025, 2, 28), told.Shipment.ActualShipDate);
    }

    [Fact]
    public async Task A_correction_keeps_what_it_corrects_and_withdraws_its_effect()
    {
        var dispatched = await _host.DispatchedShipment();
        await _host.Caller.RecordMilestoneAsync(Request(dispatched, Kind.Delivered, Given.Now));
        var corrected = await _host.Caller.RecordMilestoneAsync(Request(dispatched, Kind.Departed, Given.Now, supersedes: 1));
        Assert.Equal((State.InTransit, null), (corrected.State, corrected.ActualDeliveryDate));
        Assert.Equal([(1L, 2L, 0L), (2L, 0L, 1L)], corrected.Milestones.Select(
            milestone => (milestone.Number, milestone.SupersededBy, milestone.Supersedes)));
        Assert.Equal(corrected, await _host.Get(corrected.Name));
        Assert.Equal("MILESTONE_ALREADY_SUPERSEDED", await ChangeTests.Outcome(
            () => _host.Caller.RecordMilestoneAsync(Request(dispatched, Kind.Departed, Given.Now, supersedes: 1)).ResponseAsync));
        Assert.Equal("MILESTONE_NOT_FOUND", await ChangeTests.Outcome(
            () => _host.Caller.RecordMilestoneAsync(Request(dispatched, Kind.Departed, Given.Now, supersedes: 9)).ResponseAsync));
    }

    [Fact]
    public async Task Nothing_happened_in_the_future()
    {
        var dispatched = await _host.DispatchedShipment();
        Assert.Equal("EVENT_TIME_IN_FUTURE", await ChangeTests.Outcome(
            () => _host.Caller.RecordMilestoneAsync(Request(dispatched, Kind.Departed, Given.Now.AddSeconds(1))).ResponseAsync));
    }

    public static TheoryData<string, Api.Milestone?> Wrong => new()
    {
        { "MILESTONE_MISSING", null },
        { "MILESTONE_KIND_MISSING", new Api.Milestone { EventTime = new Timestamp { Seconds = 1_700_000_000 } } },
        { "EVENT_TIME_MISSING", new Api.Milestone { Kind = Kind.Departed } },
        { "EVENT_TIME_INVALID", new Api.Milestone { Kind = Kind.Departed, EventTime = new Timestamp { Seconds = -1 } } },
        { "EVENT_TIME_INVALID", new Api.Milestone { Kind = Kind.Departed, EventTime = new Timestamp { Seconds = long.MaxValue } } },
        { "EVENT_TIME_INVALID", new Api.Milestone { Kind = Kind.Departed, EventTime = new Timestamp { Seconds = 1_700_000_000, Nanos = -1 } } },
        { "MILESTONE_NUMBER_INVALID", new Api.Milestone { Kind = Kind.Departed, EventTime = new Timestamp { Seconds = 1_700_000_000 }, Supersedes = -1 } },
        { "TEXT_TOO_LONG", new Api.Milestone { Kind = Kind.Departed, EventTime = new Timestamp { Seconds = 1_700_000_000 }, Location = new string('x', 201) } },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task A_report_that_says_nothing_true_is_refused(string reason, Api.Milestone? milestone) =>
        Assert.Equal(
            reason,
            await ChangeTests.Outcome(() => _host.Caller.RecordMilestoneAsync(
                new Api.RecordMilestoneRequest { Name = $"shipments/{Shop.Id()}", Milestone = milestone }).ResponseAsync));

    [Fact]
    public async Task A_recalled_shipment_that_departs_all_the_same_is_in_transit()
    {
        var dispatched = await _host.DispatchedShipment();
        var id = Guid.CreateVersion7();
        await _host.Publish(id, new Contracts.Compliance.PermitRevoked(
            id, Given.Now, "compliance", Guid.Parse(
                dispatched.Permit["permits/".Length..]), Guid.Parse(dispatched.Uid), Guid.CreateVersion7(), "amended"));
        await ShipmentsHost.Eventually(() => _host.Get(dispatched.Name), shipment => shipment.State == State.Recalled);
        var departed = await _host.Caller.RecordMilestoneAsync(Request(dispatched, Kind.Departed, Given.Now));
        Assert.Equal(State.InTransit, departed.State);
        Assert.Equal(
            State.Recalled, (await _host.Caller.RecordMilestoneAsync(Request(dispatched, Kind.Exception, Given.Now, supersedes: 1))).State);
    }

    internal static Api.RecordMilestoneRequest Request(
        Api.Shipment shipment, Kind kind, DateTimeOffset time, long supersedes = 0, bool validateOnly = false) => new()
    {
        Name = shipment.Name,
        ValidateOnly = validateOnly,
        Milestone = new Api.Milestone { Kind = kind, EventTime = Timestamp.FromDateTimeOffset(time), Supersedes = supersedes, Location = "SFO", Note = "seen" },
    };
}
