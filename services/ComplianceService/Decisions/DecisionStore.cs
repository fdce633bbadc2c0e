using System.Diagnostics;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using OrderTracking.AuditTrail;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.ComplianceService.Audit.Chain;
using OrderTracking.ComplianceService.Audit.Search;
using OrderTracking.ComplianceService.Screening;
using OrderTracking.ComplianceService.Shipments;
using OrderTracking.ComplianceService.Telemetry;
using V1 = OrderTracking.Compliance.V1;

namespace OrderTracking.ComplianceService.Decisions;

/// <summary>What a stored decision was made for.</summary>
internal enum Occasion
{
    Screening,
    Recheck,
    Dispatch,
    Departure,
}

/// <summary>Decisions as rows: the whole answer as it is given to callers, and the columns lists are filtered by.</summary>
internal static class DecisionStore
{
    private const string InsertSql = """
        insert into decisions (decision_id, shipment, number, occasion, outcome, ship_date, part_number, destination_country, created_at, body)
        values (@Id, @Shipment, @Number, @Occasion, @Outcome, @ShipDate, @PartNumber, @DestinationCountry, @CreatedAt, @Body)
        """;

    private const string SelectLatest = "select created_at as CreatedAt from decisions order by created_at desc, seq desc";

    /// <summary>Stores a decision and returns the shipment as of it.</summary>
    public static async Task<KnownShipment> Record(Tx tx, KnownShipment shipment, Verdict verdict, Occasion occasion, string actor)
    {
        var id = Guid.CreateVersion7(verdict.Now);
        var number = shipment.DecisionNumber + 1;
        var body = Body(id, number, shipment, verdict, occasion, actor);
        var bytes = body.ToByteArray();
        await tx.Execute(
            InsertSql,
            new
            {
                Id = id,
                body.Shipment,
                Number = number,
                Occasion = Codes<Occasion>.Of(occasion),
                Outcome = Codes<Outcome>.Of(verdict.Decision.Outcome),
                verdict.Decision.ShipDate,
                shipment.Facts.Item.PartNumber,
                shipment.Facts.DestinationCountry,
                CreatedAt = verdict.Now,
                Body = bytes,
            });
        // What a transaction is found by changes with its facts only.
        if (shipment.ScreenedRevision != shipment.Revision)
            await RecordKeys.Add(tx, Names.Order(shipment.OrderId), RecordKeys.Of(shipment.Facts));
        await AuditChain.Append(tx, Entry(body, bytes, shipment, occasion, actor), verdict.Now);
        await DecisionTerms.Save(tx, body, Names.Order(shipment.OrderId));
        ComplianceMetrics.Decided(tx, verdict.Decision, occasion);
        return shipment with
        {
            DecisionId = id,
            DecisionNumber = number,
            DecisionSignature = DecisionSignature.Of(verdict.Decision),
            Outcome = Codes<Outcome>.Of(verdict.Decision.Outcome),
        };
    }

    /// <summary>The latest instant any stored decision was made at, by the clock of whichever process made it; null while there is none.</summary>
    public static async Task<DateTimeOffset?> LatestInstant(Tx tx) =>
        (await tx.QueryFirstOrDefault<Instant>($"{SelectLatest} {tx.Dialect.Page()}", new { take = 1 }))?.CreatedAt;

    public static async Task<V1.Decision?> Find(Tx tx, Guid id) =>
        await FindBody(tx, id) is { } body ? V1.Decision.Parser.ParseFrom(body) : null;

    /// <summary>A decision's bytes as stored.</summary>
    public static Task<byte[]?> FindBody(Tx tx, Guid id) =>
        tx.QueryFirstOrDefault<byte[]>("select body from decisions where decision_id = @id", new { id });

    // The chain vouches for the very bytes: an answer that could not be recorded is not given.
    private static ChainRecord Entry(V1.Decision body, byte[] bytes, KnownShipment shipment, Occasion occasion, string actor) =>
        new(ChainKind.Decision, body.Name, actor, $"decisions.{Codes<Occasion>.Of(occasion).ToLowerInvariant()}", Codes<V1.Outcome>.Of(body.Outcome))
        {
            Shipment = body.Shipment,
            Order = Names.Order(shipment.OrderId),
            PayloadDigest = EntryHash.OfPayload(bytes),
        };

    private static V1.Decision Body(Guid id, long number, KnownShipment shipment, Verdict verdict, Occasion occasion, string actor)
    {
        var body = DecisionMapping.Of(verdict.Decision, shipment.Facts);
        body.Name = Names.Decision(id);
        body.Uid = id.ToString("D");
        body.CreateTime = verdict.Now.ToTimestamp();
        body.UpdateTime = body.CreateTime;
        body.Etag = Etag.Of(1);
        body.Shipment = Names.Shipment(shipment.Id);
        body.ShipmentRevision = shipment.Revision;
        body.Number = number;
        body.Occasion = occasion switch
        {
            Occasion.Screening => V1.Decision.Types.Occasion.Screening,
            Occasion.Recheck => V1.Decision.Types.Occasion.Recheck,
            Occasion.Dispatch => V1.Decision.Types.Occasion.Dispatch,
            _ => V1.Decision.Types.Occasion.Departure,
        };
        body.Actor = actor;
        body.StatedFamily = shipment.Facts.Item.Family ?? "";
        body.TraceId = Activity.Current?.TraceId.ToHexString() ?? "";
        return body;
    }

    private sealed class Instant
    {
        public DateTimeOffset CreatedAt { get; init; }
    }
}
