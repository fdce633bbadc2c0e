using OrderTracking.Shipments.V1;
using State = OrderTracking.Shipments.V1.Shipment.Types.State;

namespace OrderTracking.Host.Demo;

/// <summary>What happens on particular days of the walk beside ordering and shipping.</summary>
internal sealed class Episodes(
    Cast cast, ShipmentBoard board, Screen screen, IReadOnlyDictionary<DemoOrder, string> orderNames, CancellationToken stopping)
{
    private readonly FactsEpisode _facts = new(cast, stopping);
    private readonly LicenceEpisode _licence = new(cast, stopping);
    private readonly ClearanceEpisode _clearance = new(cast, stopping);
    private readonly RecallEpisode _recall = new(cast, stopping);

    /// <summary>Rules of the pack become known at 00:00 UTC of their day; nobody touches a shipment.</summary>
    public Task AtMidnight(DateOnly day) => day switch
    {
        { Year: 2023, Month: 10, Day: 23 } => Law(
            day, "US-2023-10-LETTER is known: 3A090.a takes effect at once for data-centre parts",
            shipment => IsOf(DemoOrders.H800, shipment) && NotGone(shipment), State.Blocked),
        { Year: 2025, Month: 4, Day: 9 } => Law(
            day, "US-2025-04-NVIDIA-LETTER is known: H20 for China needs a licence. Nobody touches a shipment",
            shipment => shipment.Item.PartNumber == "H20" && NotGone(shipment), State.Held),
        { Year: 2025, Month: 4, Day: 15 } => Law(
            day, "US-2025-04-AMD-LETTER is known: a second reason for what is held already",
            shipment => shipment.Item.PartNumber == "MI308X", State.Held, "US-2025-04-AMD-LETTER"),
        { Year: 2025, Month: 5, Day: 13 } => Clear(
            day, "US-2025-01-DIFFUSION is not enforced: what only it held is proposed to staff, and otto confirms it",
            shipment => IsOf(DemoOrders.Bharat, shipment)),
        _ => Task.CompletedTask,
    };

    public async Task BeforeTheDockOpens(DateOnly day)
    {
        switch (day)
        {
            case { Year: 2025, Month: 2, Day: 3 }:
                await _facts.Register();
                screen.Note(
                    day, "facts", $"{DemoOrders.UnknownDieAreaPart} enters the catalogue, die area unknown: ana proposed, clara approved");
                break;
            case { Year: 2025, Month: 2, Day: 20 }:
                await _facts.Supply();
                screen.Note(day, "facts", $"the die area of {DemoOrders.UnknownDieAreaPart} is supplied: ana proposed, otto approved");
                await Clear(
                    day, "with it known no rule holds the part: proposed to staff, and otto confirms it",
                    shipment => IsOf(DemoOrders.SongHong, shipment));
                break;
            case { Year: 2025, Month: 5, Day: 7 }:
                await _licence.Register(Licensed());
                screen.Note(
                    day, "licence", "a (made-up) licence for 90,000 H20 to Tencent is registered by ana; nothing is free by that alone");
                break;
            case { Year: 2025, Month: 5, Day: 8 }:
                await _licence.Release(Licensed());
                screen.Note(day, "release", "olivia proposed to release one H20 shipment under the licence, otto approved");
                await Becomes(day, shipment => shipment.Name == Licensed().Name, State.Ready);
                break;
        }
    }

    /// <summary>Between dispatch and departure, while the goods stand at the dock.</summary>
    public async Task BeforeDeparture(DateOnly day)
    {
        if (day == new DateOnly(2025, 5, 27))
        {
            await _recall.Publish(day);
            screen.Note(day, "law", $"{RecallEpisode.Rule} (made up) is published before the truck left: ana proposed, clara published");
            await Becomes(day, shipment => IsOf(DemoOrders.Mekong, shipment), State.Recalled);
        }
    }

    private async Task Law(DateOnly day, string what, Func<Shipment, bool> concerned, State becomes, string reason = "")
    {
        screen.Note(day, "law", what);
        await Becomes(day, concerned, becomes, reason);
    }

    private async Task Clear(DateOnly day, string what, Func<Shipment, bool> concerned)
    {
        screen.Note(day, "clear", what);
        await _clearance.Confirm(board.All.Where(concerned).Select(shipment => shipment.Name).ToHashSet());
        await Becomes(day, concerned, State.Ready);
    }

    private async Task Becomes(DateOnly day, Func<Shipment, bool> concerned, State state, string reason = "")
    {
        var names = board.All.Where(concerned).Select(shipment => shipment.Name).ToHashSet();
        await board.Until(
            $"{names.Count} shipments are {state}",
            shipments => shipments.Where(shipment => names.Contains(shipment.Name))
                .All(shipment => shipment.State == state && (reason.Length == 0 || shipment.Reasons.Contains(reason))),
            stopping);
        foreach (var shipment in board.All.Where(shipment => names.Contains(shipment.Name)))
            screen.Became(day, shipment);
    }

    private Shipment Licensed() => board.All.Single(shipment => IsOf(DemoOrders.TencentH20, shipment) && shipment.LineNumber == 3);

    private bool IsOf(DemoOrder order, Shipment shipment) => orderNames.TryGetValue(order, out var name) && shipment.Order == name;

    private static bool NotGone(Shipment shipment) => shipment.State is State.Ready or State.Held or State.Blocked;
}
