using System.Diagnostics;
using Google.Protobuf.WellKnownTypes;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Grpc;
using V1 = OrderTracking.Messaging.V1;

namespace OrderTracking.BuildingBlocks.Messaging.DeadLetters;

/// <summary>Dead letters as callers see them.</summary>
internal static class DeadLetterMapping
{
    /// <summary>What a list shows of it.</summary>
    public static V1.DeadLetter Of(Db database, DeadLetterRow row) => new()
    {
        Name = DeadLetterName.Of(database, row.Seq),
        State = row.State switch
        {
            DeadLetterRow.Waiting => V1.DeadLetter.Types.State.Waiting,
            DeadLetterRow.Replaying => V1.DeadLetter.Types.State.Replaying,
            DeadLetterRow.Replayed => V1.DeadLetter.Types.State.Replayed,
            DeadLetterRow.Discarded => V1.DeadLetter.Types.State.Discarded,
            _ => V1.DeadLetter.Types.State.Unspecified,
        },
        EventId = row.EventId.ToString("D"),
        EventType = row.Type,
        Consumer = row.Consumer,
        Attempts = row.Attempts,
        Cause = row.Error.Split('\n', 2)[0].TrimEnd('\r'),
        SentTime = row.SentTime.ToTimestamp(),
        DeathTime = row.DiedAt.ToTimestamp(),
        TraceId = ActivityContext.TryParse(row.Traceparent, null, isRemote: true, out var trace) ? trace.TraceId.ToString() : "",
        Etag = Etag.Of(row.Version),
    };

    /// <summary>All of it.</summary>
    public static V1.DeadLetter Whole(Db database, DeadLetterRow row, IReadOnlyList<DeadLetterActRow> acts)
    {
        var letter = Of(database, row);
        (letter.Error, letter.Body) = (row.Error, row.Body ?? "");
        letter.Acts.AddRange(acts.Select(act => new V1.DeadLetterAct
        {
            Kind = act.Kind,
            Actor = act.Actor,
            Reason = act.Reason,
            ActTime = act.ActedAt.ToTimestamp(),
            TraceId = act.TraceId ?? "",
        }));
        return letter;
    }
}
