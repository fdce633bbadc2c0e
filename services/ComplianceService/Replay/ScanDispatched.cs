using Google.LongRunning;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.BuildingBlocks.Jobs;
using OrderTracking.ComplianceService.Audit;
using OrderTracking.ComplianceService.Rules;
using OrderTracking.Wire;
using V1 = OrderTracking.Compliance.V1;

namespace OrderTracking.ComplianceService.Replay;

/// <summary>Days of departure, both ends included; null is open.</summary>
internal readonly record struct DayRange(DateOnly? First, DateOnly? Last)
{
    /// <exception cref="Refusal">A date that is none, or an empty range.</exception>
    public static DayRange Of(V1.ScanDispatchedRequest request)
    {
        var violations = new Violations();
        var first = WireDate.ParseOptional(request.FirstShipDate, "first_ship_date", violations);
        var last = WireDate.ParseOptional(request.LastShipDate, "last_ship_date", violations);
        if (last < first)
            violations.Add(
                "last_ship_date", ReplayReasons.ShipDatesInvalid, Canonical.Date(last), $"{Canonical.Date(first)}, the first day, or later");
        if (request.KnownAt is { } instant && !IsInstant(instant))
            violations.Add(
                "known_at", RegisterReasons.InstantInvalid, $"{instant.Seconds} s {instant.Nanos} ns", "an instant of the years 1 to 9999");
        violations.ThrowIfAny();
        return new DayRange(first, last);
    }

    public bool Contains(DateOnly day) => !(day < First) && !(day > Last);

    private static bool IsInstant(Timestamp instant)
    {
        try
        {
            instant.ToDateTimeOffset();
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}

/// <summary>Starts a look back, and answers with its rows.</summary>
internal sealed class ScanDispatched(ComplianceDb db, Jobs<ComplianceDb> jobs, StreamRows rows, TimeProvider clock)
{
    private const string Table = "look_back_rows";

    public Task<Operation> Start(V1.ScanDispatchedRequest request, string method, Actor actor, CancellationToken cancellation)
    {
        DayRange.Of(request);
        var now = clock.GetUtcNow();
        return db.Write(
            tx => Requests.Once(tx, method, request.RequestId, actor, request, now, async () =>
            {
                var operation = await jobs.Start(tx, LookBackJob.KindName, request, actor.Subject, now);
                await AuditLog.Record(tx, actor.Subject, "shipments.look_back", operation.Name, AuditLog.Done, request.ToString(), now);
                return operation;
            }),
            cancellation,
            request.ValidateOnly);
    }

    public Task Stream(V1.StreamLookBackRowsRequest request, IServerStreamWriter<V1.LookBackRow> answers, CancellationToken cancellation) =>
        rows.Run(request.Name, LookBackJob.KindName, Table, V1.LookBackRow.Parser, answers, cancellation);
}
