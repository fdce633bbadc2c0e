using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using OrderTracking.Shipments.V1;
using Kind = OrderTracking.Shipments.V1.Milestone.Types.Kind;
using State = OrderTracking.Shipments.V1.Shipment.Types.State;

namespace OrderTracking.Host.Demo;

/// <summary>Dispatches what is ready on its day, and reports how far it has come.</summary>
internal sealed class Dock(Cast cast, ShipmentBoard board, Screen screen, CancellationToken stopping)
{
    private static readonly (Kind Kind, int DaysAfterDeparture)[] Journey =
        [(Kind.Departed, 0), (Kind.Arrived, 4), (Kind.CustomsCleared, 5), (Kind.Delivered, 6)];

    private readonly Dictionary<string, DateOnly> _left = [];
    private int _trackingNumber = 1_000;

    public async Task DispatchDue(DateOnly day)
    {
        foreach (var shipment in board.All.Where(shipment => shipment.PlannedShipDate.ToDateOnly() == day))
        {
            if (shipment.State == State.Ready)
                await Dispatch(day, shipment);
        }
    }

    public async Task ReportMilestones(DateOnly day, DateTimeOffset eventTime)
    {
        foreach (var (name, left) in _left)
        {
            foreach (var (kind, _) in Journey.Where(step => left.AddDays(step.DaysAfterDeparture) == day))
            {
                if (board.All.Single(shipment => shipment.Name == name).State == State.Recalled)
                    continue;
                await cast.Warehouse.Shipments.RecordMilestoneAsync(
                    new RecordMilestoneRequest
                    {
                        Name = name,
                        Milestone = new Milestone { Kind = kind, EventTime = eventTime.ToTimestamp() },
                        RequestId = Guid.CreateVersion7().ToString(),
                    },
                    cancellationToken: stopping);
            }
        }
    }

    private async Task Dispatch(DateOnly day, Shipment shipment)
    {
        try
        {
            var dispatched = await cast.Warehouse.Shipments.DispatchShipmentAsync(
                new DispatchShipmentRequest
                {
                    Name = shipment.Name,
                    Carrier = "Polar Air",
                    TrackingNumber = $"PA-{_trackingNumber++}",
                    RequestId = Guid.CreateVersion7().ToString(),
                },
                cancellationToken: stopping);
            _left.Add(shipment.Name, day);
            screen.Shipped(day, dispatched);
            await board.Until($"{shipment.Name} is known to have left", All(shipment.Name, State.Dispatched), stopping);
        }
        catch (RpcException refused) when (refused.StatusCode is StatusCode.FailedPrecondition)
        {
            screen.Refused(day, shipment, refused.Status.Detail);
        }
    }

    private static Func<IReadOnlyList<Shipment>, bool> All(string name, State state) =>
        shipments => shipments.Any(shipment => shipment.Name == name && shipment.State == state);
}
