// Places an order, waits until compliance has decided about each of its shipments, and says why one may not leave.
//   dotnet run --project services/Client/Sample -- http://127.0.0.1:5080 TOKEN [PART] [COUNTRY]
// The token is a caller's, such as `dotnet run --project services/Host -- token --subject erp --role caller` prints.
using Google.Protobuf.WellKnownTypes;
using Google.Type;
using Grpc.Core;
using OrderTracking.Client;
using OrderTracking.Orders.V1;
using OrderTracking.Types.V1;

if (args is not [var address, var token, ..])
{
    await Console.Error.WriteLineAsync("usage: ADDRESS TOKEN [PART] [COUNTRY]");
    return 2;
}

var (part, country) = (args.ElementAtOrDefault(2) ?? "L2", args.ElementAtOrDefault(3) ?? "DE");
using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
using var tracking = new OrderTrackingClients(new OrderTrackingClientOptions
{
    Address = new Uri(address),
    TokenProvider = _ => ValueTask.FromResult(token),
});

try
{
    // The request id is made by the client: a try that was lost on the way is repeated and still places one order.
    var placed = await tracking.Orders.PlaceOrderAsync(new PlaceOrderRequest { Order = NewOrder(part, country) }, cancellationToken: patience.Token);
    await Console.Out.WriteLineAsync($"placed {placed.Name}");
    await foreach (var change in tracking.Orders.Watch(placed.Name, cancellation: patience.Token))
    {
        await Console.Out.WriteLineAsync($"{change.Entry.Kind}: {change.Entry.Summary}");
        if (change.State is not Order.Types.State.Placed)
            break;
    }

    var decided = await tracking.Orders.GetOrderAsync(new GetOrderRequest { Name = placed.Name }, cancellationToken: patience.Token);
    await Console.Out.WriteLineAsync($"decided {decided.State}");
    foreach (var shipment in decided.Shipments)
        await Console.Out.WriteLineAsync($"{shipment.Shipment} {shipment.State}: {string.Join(", ", shipment.Reasons.DefaultIfEmpty("nothing holds it"))}");
    return 0;
}
catch (RpcException failed)
{
    var error = OrderTrackingError.Of(failed);
    await Console.Error.WriteLineAsync($"refused {error.Code} {error.Reason}: {error.Message}");
    foreach (var field in error.Fields)
        await Console.Error.WriteLineAsync($"  {field.Description}");
    return 1;
}

static Order NewOrder(string part, string country)
{
    var day = TimeProvider.System.GetUtcNow().AddDays(7);
    var buyer = new Party
    {
        Role = PartyRole.Purchaser,
        Name = "Rechenwerk",
        Country = country,
        HeadquartersCountry = country,
        UltimateParent = new UltimateParent { None = new Empty() },
    };
    var user = buyer.Clone();
    user.Role = PartyRole.EndUser;
    return new Order
    {
        Exporter = "NVIDIA",
        DestinationCountry = country,
        Movement = Movement.Export,
        PlaceOfExport = new PlaceOfExport { Country = "US", TimeZone = "America/Los_Angeles" },
        Parties = { buyer, user },
        Lines =
        {
            new OrderLine
            {
                Item = new Item { PartNumber = part },
                Quantity = 10,
                UnitPrice = new Money { CurrencyCode = "USD", Units = 1_000 },
                RequestedShipDate = new Date { Year = day.Year, Month = day.Month, Day = day.Day },
            },
        },
    };
}
