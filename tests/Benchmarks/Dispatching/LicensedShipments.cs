using OrderTracking.Compliance.V1;
using OrderTracking.Host;
using OrderTracking.Orders.V1;
using OrderTracking.TestKit;

namespace OrderTracking.Benchmarks.Dispatching;

/// <summary>Shipments of H20 to China, held, released under a licence by two people and ready to leave today.</summary>
internal sealed class LicensedShipments
{
    private const string Letter = "US-2025-04-NVIDIA-LETTER";
    private const string Buyer = "Alibaba Cloud";
    private const string Zone = "UTC";
    private const int LinesOfOrder = 64;
    private const int UnitsOfLine = 2;
    private const int PeopleAtOnce = 32;
    private const int PageSizeMax = 1000;
    private static readonly TimeSpan Within = TimeSpan.FromMinutes(2);
    private readonly Person _caller;
    private readonly Person _analyst;
    private readonly Person _officer;
    private readonly DateOnly _today;
    private Licence _licence = new();
    private int _made;

    private LicensedShipments(MeasuredHost host)
    {
        (_caller, _analyst, _officer) = (host.As(0, "erp", "caller"), host.As(1, "ana", "analyst"), host.As(2, "omar", "officer"));
        _today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
    }

    public static async Task<LicensedShipments> Of(MeasuredHost host)
    {
        var shipments = new LicensedShipments(host);
        shipments._licence = await shipments._analyst.Licences.RegisterLicenceAsync(new RegisterLicenceRequest
        {
            Licence = new Licence
            {
                Number = "D1234567",
                Authority = "BIS",
                Licensee = "NVIDIA",
                Rules = { Letter },
                Lines = { new LicenceLine { Family = "H20", Quantity = 1_000_000 } },
                Parties = { new LicenceParty { Name = Buyer, Country = "CN" } },
                DestinationCountries = { "CN" },
                ValidFrom = OrderSketch.Wire(shipments._today.AddDays(-1)),
                ValidTo = OrderSketch.Wire(shipments._today.AddDays(30)),
            },
        });
        return shipments;
    }

    /// <summary>Names of so many more, a multiple of an order's lines.</summary>
    public async Task<IReadOnlyList<string>> Make(int count)
    {
        var sketch = new OrderSketch
        {
            Part = "H20", Destination = "CN", Buyer = Buyer, Zone = Zone, Units = UnitsOfLine, ShipDates = [.. Enumerable.Repeat(_today, LinesOfOrder)],
        };
        var orders = new List<string>();
        while (orders.Count * LinesOfOrder < count)
            orders.Add((await _caller.Orders.PlaceOrderAsync(new PlaceOrderRequest { Order = sketch.ToOrder(), RequestId = Shop.NewRequestId() })).Name);
        var holds = await Eventually.Becomes("the shipments are held", OpenHolds, open => open.Select(hold => hold.Shipment).Distinct().Count() == count, Within);
        await Parallel.ForEachAsync(holds, new ParallelOptions { MaxDegreeOfParallelism = PeopleAtOnce }, async (hold, _) => await Release(hold));
        await Eventually.Becomes(
            "the shipments are ready",
            async () => (await Task.WhenAll(orders.Select(async name => await _caller.Orders.GetOrderAsync(new GetOrderRequest { Name = name })))).Sum(order => order.Quantities.Ready),
            ready => ready == count * UnitsOfLine,
            Within);
        _made += count;
        return [.. holds.Select(hold => hold.Shipment).Distinct()];
    }

    /// <exception cref="InvalidOperationException">The licence does not say that every shipment has drawn it.</exception>
    public async Task RequireEachDrawn()
    {
        var read = await _analyst.Licences.GetLicenceAsync(new GetLicenceRequest { Name = _licence.Name });
        var drawn = read.Licence.Lines.Sum(line => line.DrawnQuantity);
        if (drawn != _made * UnitsOfLine)
            throw new InvalidOperationException($"{drawn} units are drawn from the licence, {_made * UnitsOfLine} were dispatched.");
    }

    private async Task<IReadOnlyList<Hold>> OpenHolds()
    {
        var all = new List<Hold>();
        var request = new ListHoldsRequest { PageSize = PageSizeMax, Filter = "state = \"OPEN\"" };
        do
        {
            var page = await _analyst.Holds.ListHoldsAsync(request);
            all.AddRange(page.Holds);
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);
        return all;
    }

    private async Task Release(Hold hold)
    {
        var release = await _analyst.Holds.ProposeReleaseAsync(new ProposeReleaseRequest
        {
            Hold = hold.Name,
            ReasonCode = "LICENCE",
            Note = "Covered.",
            Licence = _licence.Name,
            FirstShipDate = OrderSketch.Wire(_today),
            LastShipDate = OrderSketch.Wire(_today.AddDays(2)),
            RequestId = Shop.NewRequestId(),
        });
        await _officer.Holds.ApproveReleaseAsync(new ApproveReleaseRequest { Name = release.Name, RequestId = Shop.NewRequestId() });
    }
}
