using OrderTracking.Compliance.V1;
using OrderTracking.Orders.V1;
using OrderTracking.Shipments.V1;
using OrderTracking.TestKit;
using Xunit;
using Kind = OrderTracking.Shipments.V1.Milestone.Types.Kind;
using State = OrderTracking.Shipments.V1.Shipment.Types.State;

namespace OrderTracking.SystemTests.Running;

/// <summary>The walk of DESIGN: order, plan, screen, settle, permit, depart, arrive.</summary>
public sealed class HappyPathTests : IAsyncLifetime
{
    private static readonly DateTimeOffset EveOfTheLetter = new(2025, 4, 8, 15, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly LetterDay = new(2025, 4, 9);
    private static readonly OrderSketch Chinese = new() { Part = "H20", Destination = "CN", Buyer = "Tencent", Parent = "CN" };

    private static readonly string[] WholeWalk =
    [
        "ORDER_PLACED", "PERMIT_GRANTED", "SHIPMENT_ARRIVED", "SHIPMENT_CUSTOMS_CLEARED", "SHIPMENT_DELIVERED", "SHIPMENT_DEPARTED",
        "SHIPMENT_DISPATCHED", "SHIPMENT_PLANNED", "SHIPMENT_SCREENED",
    ];

    private RunningHost _host = null!;
    private Shop _shop = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await RunningHost.Start(EveOfTheLetter);
        _shop = _host.Shop;
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task An_order_nothing_restricts_goes_from_placed_to_delivered()
    {
        var shipment = (await _shop.Screened(new OrderSketch { ShipDates = [LetterDay.AddDays(-1)] })).Single();
        Assert.Equal(State.Ready, shipment.State);
        var dispatched = await _shop.Dispatch(shipment.Name);
        Assert.Equal(State.Dispatched, dispatched.State);
        Assert.NotEmpty(dispatched.Permit);
        foreach (var kind in (Kind[])[Kind.Departed, Kind.Arrived, Kind.CustomsCleared, Kind.Delivered])
            await _shop.Report(shipment.Name, kind);
        await OrderBecomes(shipment.Order, Order.Types.State.Delivered);
        var timeline = await _shop.Auditor.Orders.GetOrderTimelineAsync(new GetOrderTimelineRequest { Name = shipment.Order });
        Assert.Equal(WholeWalk, timeline.Entries.Select(entry => entry.Kind).Order(StringComparer.Ordinal));
        await Invariants.Hold(_host.DataDirectory);
    }

    [Fact]
    public async Task What_is_left_when_the_letter_is_known_is_held_without_anyone_touching_it()
    {
        var shipments = await _shop.Screened(Chinese with { ShipDates = [LetterDay.AddDays(-1), LetterDay] });
        Assert.All(shipments, shipment => Assert.Equal(State.Ready, shipment.State));
        await _shop.Dispatch(shipments[0].Name);
        await _shop.Report(shipments[0].Name, Kind.Departed);
        _host.Clock.MoveTo(new DateTimeOffset(2025, 4, 9, 0, 0, 0, TimeSpan.Zero));
        var held = await _shop.Becomes(shipments[1].Name, State.Held);
        Assert.Equal(["US-2025-04-NVIDIA-LETTER"], held.Reasons);
        Assert.Equal(State.InTransit, (await _shop.Shipment(shipments[0].Name)).State);
        await OrderBecomes(held.Order, Order.Types.State.PartlyShipped);
    }

    [Fact]
    public async Task Two_officers_release_a_held_shipment_under_a_licence_and_it_leaves()
    {
        _host.Clock.MoveTo(new DateTimeOffset(2025, 4, 9, 15, 0, 0, TimeSpan.Zero));
        var shipment = (await _shop.Screened(Chinese with { ShipDates = [LetterDay] })).Single();
        Assert.Equal(State.Held, shipment.State);
        var licence = await _shop.Analyst.Licences.RegisterLicenceAsync(new RegisterLicenceRequest { Licence = LicenceFor(shipment) });
        var hold = (await _shop.OpenHolds(shipment.Name)).Single();
        var release = await _shop.Officer.Holds.ProposeReleaseAsync(
            new ProposeReleaseRequest { Hold = hold.Name, ReasonCode = "LICENCE", Note = "covered", Licence = licence.Name });
        await _shop.SecondOfficer.Holds.ApproveReleaseAsync(new ApproveReleaseRequest { Name = release.Name });
        await _shop.Becomes(shipment.Name, State.Ready);
        await _shop.Dispatch(shipment.Name);
        var line = (await _shop.Auditor.Licences.GetLicenceAsync(new GetLicenceRequest { Name = licence.Name })).Licence.Lines.Single();
        Assert.Equal((0, shipment.Quantity), (line.ReservedQuantity, line.DrawnQuantity));
        await Invariants.Hold(_host.DataDirectory);
    }

    [Fact]
    public async Task A_part_nobody_knows_is_accepted_and_held_with_its_facts_missing()
    {
        var unknown = new OrderSketch { Part = "NO-SUCH-PART", Destination = "VN", ShipDates = [LetterDay] };
        var shipment = (await _shop.Screened(unknown)).Single();
        Assert.Equal(State.Held, shipment.State);
        var missing = (await _shop.OpenHolds(shipment.Name)).SelectMany(hold => hold.MissingFacts).Distinct().Order(StringComparer.Ordinal);
        Assert.Contains("tpp", missing);
        Assert.Contains("performance_density", missing);
    }

    [Fact]
    public async Task A_restart_keeps_everything_and_takes_up_where_it_was()
    {
        var shipment = (await _shop.Screened(new OrderSketch { ShipDates = [LetterDay] })).Single();
        await _host.Restart();
        var shop = _host.Shop;
        Assert.Equal(shipment, await shop.Shipment(shipment.Name));
        Assert.Equal(State.Dispatched, (await shop.Dispatch(shipment.Name)).State);
        await Invariants.Hold(_host.DataDirectory);
    }

    private Task<Order> OrderBecomes(string name, Order.Types.State state) => Eventually.Becomes(
        $"{name} is {state}",
        async () => await _shop.Auditor.Orders.GetOrderAsync(new GetOrderRequest { Name = name }),
        order => order.State == state);

    private static Licence LicenceFor(Shipment shipment)
    {
        var licence = new Licence
        {
            Number = "TEST-1",
            Authority = "BIS",
            Licensee = shipment.Exporter,
            ValidFrom = OrderSketch.Wire(LetterDay),
            ValidTo = OrderSketch.Wire(LetterDay.AddDays(90)),
        };
        licence.Rules.Add("US-2025-04-NVIDIA-LETTER");
        licence.DestinationCountries.Add(shipment.DestinationCountry);
        licence.Parties.Add(shipment.Parties.Select(party => new LicenceParty { Name = party.Name, Country = party.Country }).Distinct());
        licence.Lines.Add(new LicenceLine { PartNumber = shipment.Item.PartNumber, Quantity = shipment.Quantity });
        return licence;
    }
}
