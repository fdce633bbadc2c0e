using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using OrderTracking.Compliance.V1;
using OrderTracking.Host;
using OrderTracking.Orders.V1;
using OrderTracking.Shipments.V1;
using OrderTracking.TestKit;
using OrderTracking.Types.V1;
using Date = Google.Type.Date;

namespace OrderTracking.SystemTests;

/// <summary>
/// Callers and staff who work while the process is killed under them: they place orders, settle holds under a licence and dispatch what is
/// ready, and repeat what was not answered with the request id of the first try.
/// </summary>
internal sealed class KillLoad(HostProcess host, string zone, DateOnly today)
{
    private const int UnitsAnOrder = 3;
    private const string Letter = "US-2025-04-NVIDIA-LETTER";
    private readonly Person _caller = host.As("erp", "caller");
    private readonly Person _analyst = host.As("ana", "analyst");
    private readonly Person _officer = host.As("omar", "officer");
    /// <summary>Names of the orders by the request id they were placed with.</summary>
    public ConcurrentDictionary<string, string> Placed { get; } = new();

    /// <summary>Units of the orders that need the licence.</summary>
    public long LicensedUnits => _licensedOrders * UnitsAnOrder;

    private long _licensedOrders;

    /// <summary>The licence the holds are settled under: the registered one, or one that is there already.</summary>
    public string Licence { get; set; } = "";

    public Person Analyst => _analyst;

    public Person Caller => _caller;

    public async Task RegisterLicence()
    {
        var licence = new Licence
        {
            Number = "D1234567",
            Authority = "BIS",
            Licensee = "NVIDIA",
            Rules = { Letter },
            Lines = { new LicenceLine { Family = "H20", Quantity = 1_000_000 } },
            Parties = { new LicenceParty { Name = "Alibaba Cloud", Country = "CN" } },
            DestinationCountries = { "CN" },
            ValidFrom = Of(today.AddDays(-1)),
            ValidTo = Of(today.AddDays(30)),
        };
        Licence = (await _analyst.Licences.RegisterLicenceAsync(new RegisterLicenceRequest { Licence = licence })).Name;
    }

    /// <summary>Places orders one after another until told to stop; every order is placed in the end.</summary>
    public async Task Place(CancellationToken stop)
    {
        for (var number = 0; !stop.IsCancellationRequested; number++)
        {
            var licensed = number % 2 == 0;
            var request = new PlaceOrderRequest { Order = licensed ? ToChina() : ToGermany(), RequestId = Guid.CreateVersion7().ToString() };
            var order = await Insist(async () => await _caller.Orders.PlaceOrderAsync(request, deadline: Deadline()));
            Placed[request.RequestId] = order.Name;
            if (licensed)
                Interlocked.Increment(ref _licensedOrders);
        }
    }

    /// <summary>Settles holds, two people each, until told to stop.</summary>
    public Task Settle(CancellationToken stop) => Repeat(async () =>
    {
        foreach (var hold in await Holds("OPEN"))
        {
            await _analyst.Holds.ProposeReleaseAsync(
                new ProposeReleaseRequest
                {
                    Hold = hold.Name,
                    ReasonCode = "LICENCE",
                    Note = "Covered.",
                    Licence = Licence,
                    FirstShipDate = Of(today),
                    LastShipDate = Of(today.AddDays(2)),
                    RequestId = IdOf("propose", hold.Name),
                },
                deadline: Deadline());
        }

        foreach (var hold in await Holds("RELEASE_PROPOSED"))
        {
            var release = hold.Releases.Last(release => release.State == Release.Types.State.Proposed);
            await _officer.Holds.ApproveReleaseAsync(
                new ApproveReleaseRequest { Name = release.Name, RequestId = IdOf("approve", release.Name) }, deadline: Deadline());
        }
    }, stop);

    /// <summary>Dispatches what is ready until told to stop.</summary>
    public Task Dispatch(CancellationToken stop) => Repeat(async () =>
    {
        var ready = await _caller.Shipments.ListShipmentsAsync(
            new ListShipmentsRequest { Filter = "state = \"READY\"", PageSize = 200 }, deadline: Deadline());
        foreach (var shipment in ready.Shipments)
        {
            await _caller.Shipments.DispatchShipmentAsync(
                new DispatchShipmentRequest
                {
                    Name = shipment.Name,
                    Carrier = "Carrier",
                    TrackingNumber = "T-" + shipment.Uid,
                    RequestId = IdOf("dispatch", shipment.Name),
                },
                deadline: Deadline());
        }
    }, stop);

    private async Task<IReadOnlyList<Hold>> Holds(string state) =>
        (await _analyst.Holds.ListHoldsAsync(new ListHoldsRequest { Filter = $"state = \"{state}\"", PageSize = 200 }, deadline: Deadline())).Holds;

    private static async Task Repeat(Func<Task> round, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await round();
            }
            catch (RpcException error) when (IsPassing(error))
            {
                // Killed, restarting, or another worker was first: the next round sees what is so.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), CancellationToken.None);
        }
    }

    private static async Task<T> Insist<T>(Func<Task<T>> call)
    {
        while (true)
        {
            try
            {
                return await call();
            }
            catch (RpcException error) when (IsPassing(error))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20));
            }
        }
    }

    private static bool IsPassing(RpcException error) => error.StatusCode
        is StatusCode.Unavailable or StatusCode.DeadlineExceeded or StatusCode.Cancelled or StatusCode.Aborted or StatusCode.FailedPrecondition
        // A connection that breaks in the middle of an answer.
        or StatusCode.Internal or StatusCode.Unknown;

    // Real time: the process runs on it too.
    private static DateTime Deadline() => TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(20);

    private static string IdOf(string what, string name) =>
        new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(what + name)).AsSpan(0, 16)).ToString();

    private static Date Of(DateOnly day) => new() { Year = day.Year, Month = day.Month, Day = day.Day };

    private Order ToChina() => OrderOf("H20", "CN", "Alibaba Cloud");

    private Order ToGermany() => OrderOf("L2", "DE", "Rechenzentrum GmbH");

    private Order OrderOf(string part, string country, string buyer) => new()
    {
        Exporter = "NVIDIA",
        DestinationCountry = country,
        Movement = Movement.Export,
        PlaceOfExport = new PlaceOfExport { Country = "US", TimeZone = zone },
        Parties = { PartyOf(PartyRole.Purchaser, country, buyer), PartyOf(PartyRole.EndUser, country, buyer) },
        Lines =
        {
            new OrderLine
            {
                Item = new Item { PartNumber = part },
                Quantity = UnitsAnOrder,
                UnitPrice = new Google.Type.Money { CurrencyCode = "USD", Units = 12_000 },
                RequestedShipDate = Of(today),
            },
        },
    };

    private static Party PartyOf(PartyRole role, string country, string name) => new()
    {
        Role = role,
        Name = name,
        Country = country,
        HeadquartersCountry = country,
        UltimateParent = new UltimateParent { None = new Empty() },
    };
}
