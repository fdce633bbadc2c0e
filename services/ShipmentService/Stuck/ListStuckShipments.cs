using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.BuildingBlocks.Messaging;
using OrderTracking.ShipmentService.Shipments;
using OrderTracking.Wire;
using Api = OrderTracking.Shipments.V1;

namespace OrderTracking.ShipmentService.Stuck;

/// <summary>Lists shipments whose next step is overdue, with what is probably the cause.</summary>
internal sealed class ListStuckShipments(ShipmentsDb db, ShipmentOptions options, TimeProvider clock)
{
    private const string Due = "due_time";

    // Of no column: rows are ordered here, not by a statement.
    private static readonly ListField DueTime = new(Due, Due, ListFieldKind.Instant, Sortable: true);

    public Task<Api.ListStuckShipmentsResponse> Handle(Api.ListStuckShipmentsRequest request, ServerCallContext context)
    {
        var query = ListQuery.Parse(request.PageSize, request.PageToken, "", "", [DueTime], Due);
        var now = clock.GetUtcNow();
        return db.Read(
            async tx =>
            {
                var steps = query.Cut(await StuckShipmentStore.Find(tx, options.Stuck, now), step => step.Due, step => step.Seq);
                var undelivered = await UndeliveredEvents.Read(tx);
                var response = new Api.ListStuckShipmentsResponse { NextPageToken = query.NextToken(steps, step => step.Due, step => step.Seq) };
                foreach (var step in query.Page(steps))
                    response.StuckShipments.Add(await Describe(tx, step, undelivered, now));
                return response;
            },
            context.CancellationToken);
    }

    private static async Task<Api.StuckShipment> Describe(Tx tx, OverdueStep step, UndeliveredEvents undelivered, DateTimeOffset now) => new()
    {
        Shipment = WireName.Of("shipments", step.ShipmentId),
        Order = step.OrderName,
        State = ShipmentMapping.Of(StateNames.Parse(step.State)),
        MissingStep = step.Step,
        WaitingSince = Timestamp.FromDateTimeOffset(step.Since),
        Allowed = Duration.FromTimeSpan(step.Allowed),
        Age = Duration.FromTimeSpan(now - step.Since),
        ProbableCause = undelivered.About(step.ShipmentId) ?? step.Explanation,
        TraceId = await StuckShipmentStore.LastTrace(tx, step.ShipmentId) ?? "",
    };
}
