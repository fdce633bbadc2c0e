using System.Collections.Concurrent;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using OrderTracking.Compliance.V1;
using OrderTracking.Host;
using OrderTracking.Orders.V1;
using OrderTracking.Shipments.V1;
using OrderTracking.TestKit;
using OrderTracking.TestKit.Distributed;
using Kind = OrderTracking.Shipments.V1.Milestone.Types.Kind;
using State = OrderTracking.Shipments.V1.Shipment.Types.State;

namespace OrderTracking.SystemTests.Distributed;

/// <summary>People who walk orders to their ends, whatever happens to the services meanwhile.</summary>
internal sealed class OrderWalks(Func<string, string, Person> hire, WorkingDay day, Patience patience)
{
    private const string Letter = "US-2025-04-NVIDIA-LETTER";
    private const string LicensedBuyer = "Alibaba Cloud";
    private const long LicensedUnitsMax = 1_000_000;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(150);
    private readonly Person _caller = hire("erp", "caller");
    private readonly Person _analyst = hire("ana", "analyst");
    private readonly Person _officer = hire("omar", "officer");
    private readonly ConcurrentDictionary<int, Walked> _walked = new();

    /// <summary>Every order by its number, once it is at its end.</summary>
    public IReadOnlyDictionary<int, Walked> Walked => _walked;

    /// <summary>The licence of the licensed orders.</summary>
    public string Licence { get; private set; } = "";

    /// <summary>Registers the licence of the licensed orders.</summary>
    public async Task RegisterLicence()
    {
        var licence = new Licence
        {
            Number = "D1234567",
            Authority = "BIS",
            Licensee = "NVIDIA",
            Rules = { Letter },
            Lines = { new LicenceLine { Family = "H20", Quantity = LicensedUnitsMax } },
            Parties = { new LicenceParty { Name = LicensedBuyer, Country = "CN" } },
            DestinationCountries = { "CN" },
            ValidFrom = OrderSketch.Wire(day.Today.AddDays(-1)),
            ValidTo = OrderSketch.Wire(day.Today.AddDays(30)),
        };
        Licence = (await _analyst.Licences.RegisterLicenceAsync(new RegisterLicenceRequest { Licence = licence })).Name;
    }

    /// <summary>Places the order of a number and walks it to its end.</summary>
    public async Task Walk(int number)
    {
        var fate = Fates.Of(number);
        var sketch = SketchOf(number, fate);
        var place = new PlaceOrderRequest { Order = sketch.ToOrder(), RequestId = Shop.NewRequestId() };
        var order = await patience.Insist(deadline => _caller.Orders.PlaceOrderAsync(place, deadline: deadline));
        var units = sketch.Units;
        if (fate == Fate.Cancelled)
            await Cancel(order.Name);
        else if (fate == Fate.Amended)
            await Amend(order.Name, sketch with { Units = --units });
        var end = fate switch
        {
            Fate.Cancelled => State.Cancelled,
            Fate.Blocked => State.Blocked,
            Fate.Held or Fate.Licensed => State.Held,
            _ => State.Ready,
        };
        var shipments = await Shipments(order.Name, sketch.ShipDates.Count, units, end);
        if (fate == Fate.Licensed)
        {
            await Release(shipments.Single());
            await Shipments(order.Name, 1, units, State.Ready);
        }

        if (fate.IsDelivered())
            await Task.WhenAll(shipments.Select(Deliver));
        if (fate.IsDelivered() || fate == Fate.Cancelled)
            await OrderBecomes(order.Name, fate == Fate.Cancelled ? Order.Types.State.Cancelled : Order.Types.State.Delivered);
        _walked[number] = new Walked(order.Name, place.RequestId, fate, units, sketch.ShipDates.Count);
    }

    private OrderSketch SketchOf(int number, Fate fate)
    {
        var sketch = new OrderSketch { Zone = day.Zone, ShipDates = [day.Today], Units = 2 + (number % 5) };
        return fate switch
        {
            Fate.TwoLines => sketch with { ShipDates = [day.Today, day.Today], Destination = "JP", Buyer = "Keisan" },
            Fate.Licensed => sketch with { Part = "H20", Destination = "CN", Buyer = LicensedBuyer },
            Fate.Blocked => sketch with { Destination = "RU", Buyer = "Vychislitel" },
            Fate.Held => sketch with { Part = "NO-SUCH-PART", Destination = "VN", Buyer = "May Tinh" },
            _ => sketch,
        };
    }

    private async Task Cancel(string order)
    {
        var cancel = new CancelOrderRequest { Name = order, Reason = "not wanted", RequestId = Shop.NewRequestId() };
        await patience.Insist(deadline => _caller.Orders.CancelOrderAsync(cancel, deadline: deadline));
    }

    private async Task Amend(string name, OrderSketch to)
    {
        var order = to.ToOrder();
        (order.Name, order.Lines[0].Number) = (name, 1);
        var amend = new AmendOrderRequest
        {
            Order = order,
            UpdateMask = new() { Paths = { "lines" } },
            Reason = "one less",
            RequestId = Shop.NewRequestId(),
        };
        await patience.Insist(deadline => _caller.Orders.AmendOrderAsync(amend, deadline: deadline));
    }

    private async Task Release(Shipment shipment)
    {
        foreach (var hold in await OpenHolds(shipment))
        {
            var propose = new ProposeReleaseRequest
            {
                Hold = hold.Name,
                ReasonCode = "LICENCE",
                Note = "Covered.",
                Licence = Licence,
                FirstShipDate = OrderSketch.Wire(day.Today),
                LastShipDate = OrderSketch.Wire(day.Today.AddDays(2)),
                RequestId = Shop.NewRequestId(),
            };
            var release = await patience.Insist(deadline => _analyst.Holds.ProposeReleaseAsync(propose, deadline: deadline));
            var approve = new ApproveReleaseRequest { Name = release.Name, RequestId = Shop.NewRequestId() };
            await patience.Insist(deadline => _officer.Holds.ApproveReleaseAsync(approve, deadline: deadline));
        }
    }

    private async Task<IReadOnlyList<Hold>> OpenHolds(Shipment shipment)
    {
        var list = new ListHoldsRequest { Filter = $"shipment = \"{shipment.Name}\" AND state = \"OPEN\"" };
        return (await patience.Insist(deadline => _analyst.Holds.ListHoldsAsync(list, deadline: deadline))).Holds;
    }

    private async Task Deliver(Shipment shipment)
    {
        await Dispatch(shipment);
        foreach (var kind in (Kind[])[Kind.Departed, Kind.Arrived, Kind.CustomsCleared, Kind.Delivered])
        {
            var record = new RecordMilestoneRequest
            {
                Name = shipment.Name,
                Milestone = new Milestone { Kind = kind, EventTime = Timestamp.FromDateTimeOffset(TimeProvider.System.GetUtcNow()) },
                RequestId = Shop.NewRequestId(),
            };
            await patience.Insist(deadline => _caller.Shipments.RecordMilestoneAsync(record, deadline: deadline));
        }
    }

    private async Task Dispatch(Shipment shipment)
    {
        var dispatch = new DispatchShipmentRequest
        {
            Name = shipment.Name,
            Carrier = "Polar Air",
            TrackingNumber = "T-" + shipment.Uid,
            RequestId = Shop.NewRequestId(),
        };
        while (true)
        {
            try
            {
                var left = await patience.Insist(deadline => _caller.Shipments.DispatchShipmentAsync(dispatch, deadline: deadline));
                if (left.State == State.Dispatched)
                    return;
            }
            catch (RpcException error) when (Patience.ReasonOf(error) is "SHIPMENT_NOT_READY")
            {
                // Compliance looks at it again, as it does after every change; then it is ready as before.
                await patience.Wait(Look, () => $"{shipment.Name} leaves, but: {error.Message}");
            }
        }
    }

    private async Task<IReadOnlyList<Shipment>> Shipments(string order, int lines, long units, State state)
    {
        var list = new ListShipmentsRequest { Filter = $"order = \"{order}\"" };
        while (true)
        {
            var page = await patience.Insist(deadline => _caller.Shipments.ListShipmentsAsync(list, deadline: deadline));
            // What is cancelled before it was planned has no shipment.
            var planned = page.Shipments.Count == lines || state == State.Cancelled;
            if (planned && page.Shipments.All(shipment => shipment.State == state && (shipment.Quantity == units || state == State.Cancelled)))
                return page.Shipments;
            await patience.Wait(Look, () => $"{order} has {lines} shipments of {units} in {state}, but: {page.Shipments}");
        }
    }

    private async Task OrderBecomes(string order, Order.Types.State state)
    {
        var get = new GetOrderRequest { Name = order };
        while (await patience.Insist(deadline => _caller.Orders.GetOrderAsync(get, deadline: deadline)) is var read && read.State != state)
            await patience.Wait(Look, () => $"{order} is {state}, but: {read.State}");
    }
}

/// <summary>An order at its end.</summary>
internal sealed record Walked(string Name, string RequestId, Fate Fate, long Units, int Lines);
