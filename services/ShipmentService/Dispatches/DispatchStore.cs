using System.Text.Json;
using OrderTracking.BuildingBlocks.Data;

namespace OrderTracking.ShipmentService.Dispatches;

/// <summary>Dispatch attempts and revoked permits in their tables.</summary>
internal static class DispatchStore
{
    private const string Select = $"""
        select id as {nameof(Row.Id)}, shipment_id as {nameof(Row.ShipmentId)}, request_id as {nameof(Row.RequestId)}, actor as {nameof(Row.Actor)},
            carrier as {nameof(Row.Carrier)}, tracking_number as {nameof(Row.TrackingNumber)}, state as {nameof(Row.State)},
            facts_digest as {nameof(Row.FactsDigest)}, traceparent as {nameof(Row.Traceparent)}, opened_at as {nameof(Row.OpenedAt)}, closed_at as {nameof(Row.ClosedAt)},
            answer as {nameof(Row.Answer)}, refusal as {nameof(Row.Refusal)}
        from dispatch_attempts
        """;

    private const string Insert = """
        insert into dispatch_attempts (id, shipment_id, request_id, actor, carrier, tracking_number, state, traceparent, opened_at)
        values (@Id, @ShipmentId, @RequestId, @Actor, @Carrier, @TrackingNumber, @State, @Traceparent, @OpenedAt)
        """;

    private const string UpdateClosed = """
        update dispatch_attempts
        set state = @State, closed_at = @ClosedAt, facts_digest = @FactsDigest, answer = @Answer, refusal = @Refusal
        where id = @Id and state = 'OPEN'
        """;

    private const string CountRevoked = "select count(*) from revoked_permits where permit_id = @permitId";

    private const string InsertRevoked = """
        insert into revoked_permits (permit_id, shipment_id, reason, recorded_at)
        values (@permitId, @shipmentId, @reason, @now)
        """;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>The lease of whoever asks for an attempt's permit; one asks at a time, whichever process it is in.</summary>
    public static string LeaseOf(Guid attemptId) => $"dispatches/{attemptId:D}";

    public static Task Open(Tx tx, DispatchAttempt attempt) => tx.Execute(Insert, Row.Of(attempt, null));

    /// <summary>Ends an attempt. It is open, as the caller saw in the same transaction.</summary>
    public static async Task Close(Tx tx, DispatchAttempt attempt, DateTimeOffset now)
    {
        if (await tx.Execute(UpdateClosed, Row.Of(attempt, now)) != 1)
            throw new InvalidOperationException($"Dispatch attempt {attempt.Id} was closed before");
    }

    public static async Task<DispatchAttempt> Require(Tx tx, Guid id) =>
        (await tx.QueryFirstOrDefault<Row>($"{Select} where id = @id", new { id }))!.ToAttempt();

    /// <summary>The last attempt a caller's request_id made; null if there is none.</summary>
    public static async Task<DispatchAttempt?> LastOfRequest(Tx tx, Guid requestId) =>
        (await tx.QueryFirstOrDefault<Row>(
            $"{Select} where request_id = @requestId order by seq desc {tx.Dialect.Page()}", new { requestId, take = 1 }))?.ToAttempt();

    /// <summary>Every attempt that has not ended, oldest first.</summary>
    public static async Task<IReadOnlyList<DispatchAttempt>> AllOpen(Tx tx) =>
        [.. (await tx.Query<Row>($"{Select} where state = 'OPEN' order by seq")).Select(row => row.ToAttempt())];

    public static async Task<bool> IsRevoked(Tx tx, Guid permitId) => await tx.Scalar<long>(CountRevoked, new { permitId }) > 0;

    /// <summary>Remembers that a permit counts no more, for good.</summary>
    public static async Task Revoke(Tx tx, Guid permitId, Guid shipmentId, string reason, DateTimeOffset now)
    {
        if (!await IsRevoked(tx, permitId))
            await tx.Execute(InsertRevoked, new { permitId, shipmentId, reason, now });
    }

    private sealed class Row
    {
        public Guid Id { get; init; }

        public Guid ShipmentId { get; init; }

        public string RequestId { get; init; } = "";

        public string Actor { get; init; } = "";

        public string Carrier { get; init; } = "";

        public string TrackingNumber { get; init; } = "";

        public string State { get; init; } = "";

        public string? Traceparent { get; init; }

        public DateTimeOffset OpenedAt { get; init; }

        public DateTimeOffset? ClosedAt { get; init; }

        public string? FactsDigest { get; init; }

        public byte[]? Answer { get; init; }

        public string? Refusal { get; init; }

        public static Row Of(DispatchAttempt attempt, DateTimeOffset? closed) => new()
        {
            Id = attempt.Id,
            ShipmentId = attempt.ShipmentId,
            RequestId = attempt.RequestId,
            Actor = attempt.Actor,
            Carrier = attempt.Carrier,
            TrackingNumber = attempt.TrackingNumber,
            State = attempt.State switch { AttemptState.Open => "OPEN", AttemptState.Granted => "GRANTED", _ => "REFUSED" },
            Traceparent = attempt.Traceparent,
            OpenedAt = attempt.OpenedTime,
            ClosedAt = closed,
            FactsDigest = attempt.FactsDigest,
            Answer = attempt.Answer,
            Refusal = attempt.Refusal is null ? null : JsonSerializer.Serialize(attempt.Refusal, Json),
        };

        public DispatchAttempt ToAttempt() => new(
            Id,
            ShipmentId,
            RequestId,
            Actor,
            Carrier,
            TrackingNumber,
            State switch { "OPEN" => AttemptState.Open, "GRANTED" => AttemptState.Granted, _ => AttemptState.Refused },
            Traceparent,
            OpenedAt,
            Answer,
            Refusal is null ? null : JsonSerializer.Deserialize<StoredRefusal>(Refusal, Json))
        {
            FactsDigest = FactsDigest,
        };
    }
}
