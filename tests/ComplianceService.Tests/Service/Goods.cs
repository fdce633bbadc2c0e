using OrderTracking.Contracts;
using OrderTracking.Contracts.Compliance;
using OrderTracking.Contracts.Shipments;
using V1 = OrderTracking.Compliance.V1;
using ComplianceApi = OrderTracking.Compliance.V1.ComplianceService;
using HoldsApi = OrderTracking.Compliance.V1.HoldService;
using WireTypes = OrderTracking.Types.V1;

namespace OrderTracking.ComplianceService.Tests.Service;

/// <summary>One shipment as the shipment service would tell of it, and what compliance makes of it.</summary>
internal sealed class Goods
{
    private readonly ComplianceHost _host;

    private Goods(ComplianceHost host, ShipmentSnapshot snapshot) => (_host, Snapshot) = (host, snapshot);

    public ShipmentSnapshot Snapshot { get; private set; }

    public string Name => $"shipments/{Snapshot.ShipmentId:D}";

    /// <summary>Chips from Los Angeles to one end user.</summary>
    public static async Task<Goods> Plan(
        ComplianceHost host, string part, string plannedShipDate, string destination = "CN", string exporter = "NVIDIA", long quantity = 100,
        string buyer = "Aurora Systems")
    {
        var endUser = new PartyFacts("END_USER", buyer, destination, destination, true, null, null, null);
        var date = Day(plannedShipDate);
        var goods = new Goods(host, new ShipmentSnapshot(
            Guid.CreateVersion7(), 1, 1, "PLANNED", Guid.CreateVersion7(), 1, 1, new ItemReference(part, null, null), quantity,
            new MoneyAmount("USD", quantity * 1_200_000), exporter, [endUser], destination, "US", "America/Los_Angeles", "EXPORT", date, date, null, null));
        await goods.Tell(new ShipmentPlanned(Guid.CreateVersion7(), host.Clock.GetUtcNow(), "erp", goods.Snapshot));
        return goods;
    }

    /// <summary>The same goods, asked about at another process.</summary>
    public Goods At(ComplianceHost host) => new(host, Snapshot);

    /// <summary>Changes the facts: the next revision.</summary>
    public Task Revise(Func<ShipmentSnapshot, ShipmentSnapshot> change)
    {
        Snapshot = change(Snapshot) with { Sequence = Snapshot.Sequence + 1, Revision = Snapshot.Revision + 1 };
        return Tell(new ShipmentRevised(Guid.CreateVersion7(), _host.Clock.GetUtcNow(), "erp", "AMENDED", null, Snapshot));
    }

    public Task Depart(string date)
    {
        Snapshot = Snapshot with { Sequence = Snapshot.Sequence + 1, State = "IN_TRANSIT", ActualShipDate = Day(date) };
        var now = _host.Clock.GetUtcNow();
        return Tell(new ShipmentMilestoneRecorded(
            Guid.CreateVersion7(), now, "warehouse", 1, "DEPARTED", now, Day(date), 0, null, null, Snapshot));
    }

    public Task Return()
    {
        Snapshot = Snapshot with { Sequence = Snapshot.Sequence + 1, State = "RETURNED" };
        return Tell(new ShipmentReturned(Guid.CreateVersion7(), _host.Clock.GetUtcNow(), "warehouse", "refused by the buyer", Snapshot));
    }

    public Task Cancel()
    {
        Snapshot = Snapshot with { Sequence = Snapshot.Sequence + 1, State = "CANCELLED" };
        return Tell(new ShipmentCancelled(Guid.CreateVersion7(), _host.Clock.GetUtcNow(), "erp", "order cancelled", Snapshot));
    }

    public Task<ShipmentScreened> Stands(string standing) => ComplianceHost.Eventually(
        async () => await _host.Count("shipments", $"shipment_id = '{Snapshot.ShipmentId:D}' and standing = '{standing}'") == 1
            && await Screened() is [.., var last] && last.Standing == standing && last.ShipmentRevision == Snapshot.Revision
            ? last
            : null,
        $"{Name} stands {standing}");

    public async Task<IReadOnlyList<ShipmentScreened>> Screened() =>
        [.. (await _host.Sent<ShipmentScreened>()).Where(told => told.ShipmentId == Snapshot.ShipmentId)];

    public async Task<IReadOnlyList<V1.Hold>> Holds(string state) =>
        [.. (await _host.As<HoldsApi.HoldServiceClient>("ana", "analyst")
            .ListHoldsAsync(new V1.ListHoldsRequest { Filter = $"shipment = \"{Name}\" AND state = {state}" })).Holds];

    public Task<V1.Hold> Held(string reason, string state = "OPEN") => ComplianceHost.Eventually(
        async () => (await Holds(state)).FirstOrDefault(hold => hold.Reason == reason), $"{Name} has a hold {reason} that is {state}");

    /// <summary>Asks for the permit, as the shipment service does.</summary>
    public async Task<V1.Permit> Authorize(Guid? requestId = null, long? revision = null) =>
        await _host.As<ComplianceApi.ComplianceServiceClient>("shipments", "service").AuthorizeDispatchAsync(Request(requestId, revision));

    public V1.AuthorizeDispatchRequest Request(Guid? requestId = null, long? revision = null)
    {
        var (shipment, party) = (Snapshot, Snapshot.Parties[0]);
        var facts = new V1.ShipmentFacts
        {
            Item = new WireTypes.Item { PartNumber = shipment.Item.PartNumber },
            Exporter = shipment.Exporter,
            PlaceOfExport = new WireTypes.PlaceOfExport { Country = "US", TimeZone = shipment.PlaceOfExportTimeZone },
            DestinationCountry = shipment.DestinationCountry,
            Movement = WireTypes.Movement.Export,
            ShipDate = WireDay(shipment.PlannedShipDate),
            Quantity = shipment.Quantity,
            Value = new Google.Type.Money { CurrencyCode = "USD", Units = shipment.Value.MinorUnits / 100 },
        };
        facts.Parties.Add(new WireTypes.Party
        {
            Role = WireTypes.PartyRole.EndUser,
            Name = party.Name,
            Country = party.Country,
            HeadquartersCountry = party.HeadquartersCountry,
            UltimateParent = new WireTypes.UltimateParent { None = new Google.Protobuf.WellKnownTypes.Empty() },
        });
        return new V1.AuthorizeDispatchRequest
        {
            Shipment = Name,
            ShipmentRevision = revision ?? shipment.Revision,
            Order = $"orders/{shipment.OrderId:D}",
            Facts = facts,
            RequestId = (requestId ?? Guid.CreateVersion7()).ToString("D"),
        };
    }

    public static DateOnly Day(string date) => DateOnly.ParseExact(date, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    public static Google.Type.Date WireDay(DateOnly date) => new() { Year = date.Year, Month = date.Month, Day = date.Day };

    private Task Tell<TEvent>(TEvent @event)
        where TEvent : class => _host.Publish(Guid.CreateVersion7(), @event);
}
