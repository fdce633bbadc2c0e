using System.Buffers;
using Google.Protobuf;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.ComplianceService.Screening;
using V1 = OrderTracking.Compliance.V1;
using Difference = OrderTracking.Compliance.V1.DecisionReplay.Types.Difference;
using Kind = OrderTracking.Compliance.V1.DecisionReplay.Types.Difference.Types.Kind;

namespace OrderTracking.ComplianceService.Replay;

/// <summary>The deciding function as a replay runs it; what is known is inside.</summary>
internal delegate Decision DecidingFunction(ShipmentFacts facts, DateOnly shipDate, DateTimeOffset knownAt);

/// <summary>
/// Runs a stored decision again from its own record and compares byte for byte. Pure as the deciding function is: bytes in, answer out.
/// </summary>
internal static class ReplayRecord
{
    private const int BytesUsual = 16_384;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _written;

    public static V1.DecisionReplay Run(byte[] body, DecidingFunction decide)
    {
        var record = RecordedPart.Of(body);
        var violations = new Violations();
        var call = RecordedCall.Of(record, violations);
        if (call is null)
            return Failed(record, Kind.RecordUnreadable, Unreadable(violations));
        V1.Decision again;
        try
        {
            again = DecisionMapping.Of(decide(call.Facts, call.ShipDate, call.KnownAt), call.Recorded);
        }
        catch (ArgumentException refused)
        {
            return Failed(record, Kind.EngineFailed, refused.Message);
        }

        CopyCircumstances(record, again);
        var answer = New(record, again.EngineVersion);
        answer.Identical = IsWritten(again, body);
        if (answer.Identical)
            return answer;
        if (!call.IsCertain)
            answer.Differences.Add(new Difference { Kind = Kind.CallNotRebuildable, Field = "stated_family" });
        answer.Differences.AddRange(DecisionDifferences.Of(V1.Decision.Parser.ParseFrom(body), again));
        return answer;
    }

    // Written without asking for its size first, which costs half as much again.
    private static bool IsWritten(V1.Decision decision, ReadOnlySpan<byte> body)
    {
        var written = _written ??= new ArrayBufferWriter<byte>(BytesUsual);
        written.ResetWrittenCount();
        decision.WriteTo(written);
        return written.WrittenSpan.SequenceEqual(body);
    }

    /// <summary>Copies what surrounds a decision and is not decided: who asked, when, for what, and how it is numbered.</summary>
    private static void CopyCircumstances(V1.Decision record, V1.Decision again)
    {
        again.Name = record.Name;
        again.Uid = record.Uid;
        again.CreateTime = record.CreateTime;
        again.UpdateTime = record.UpdateTime;
        again.Etag = record.Etag;
        again.Shipment = record.Shipment;
        again.ShipmentRevision = record.ShipmentRevision;
        again.Number = record.Number;
        again.Occasion = record.Occasion;
        again.Actor = record.Actor;
        again.TraceId = record.TraceId;
        if (record.HasStatedFamily)
            again.StatedFamily = record.StatedFamily;
    }

    private static V1.DecisionReplay Failed(V1.Decision record, Kind kind, string why)
    {
        var answer = New(record, DecisionEngine.Version);
        answer.Differences.Add(new Difference { Kind = kind, Field = "facts", Replayed = why });
        return answer;
    }

    private static V1.DecisionReplay New(V1.Decision record, string engineVersion) =>
        new() { Decision = record.Name, Shipment = record.Shipment, EngineVersion = engineVersion };

    private static string Unreadable(Violations violations) => violations.Found.Count == 0
        ? "known_at is missing"
        : string.Join("; ", violations.Found.Select(violation => $"{violation.Field}: {violation.Description}"));
}
