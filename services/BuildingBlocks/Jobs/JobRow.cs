using Google.Protobuf.WellKnownTypes;
using OrderTracking.BuildingBlocks.Messaging;
using OrderTracking.Types.V1;
using Operation = Google.LongRunning.Operation;
using RpcStatus = Google.Rpc.Status;

namespace OrderTracking.BuildingBlocks.Jobs;

/// <summary>A row of the table jobs.</summary>
internal sealed class JobRow
{
    public const string Waiting = "WAITING";
    public const string Running = "RUNNING";
    public const string Succeeded = "SUCCEEDED";
    public const string Failed = "FAILED";
    public const string Cancelled = "CANCELLED";

    private const int Whole = 100;

    public long Seq { get; init; }

    public Guid Id { get; init; }

    public string Kind { get; init; } = "";

    public string Actor { get; init; } = "";

    public string State { get; init; } = Waiting;

    public long Finished { get; init; }

    public long CancelRequested { get; init; }

    public byte[] Request { get; init; } = [];

    public long WorkDone { get; init; }

    public long? WorkTotal { get; init; }

    public string Checkpoint { get; init; } = "";

    /// <summary>A JobMetadata with nothing but faults.</summary>
    public byte[] Faults { get; init; } = [];

    public byte[]? Response { get; init; }

    public byte[]? Error { get; init; }

    public long Claim { get; init; }

    public long ClaimsWithoutProgress { get; init; }

    public string? Traceparent { get; init; }

    public string? Tracestate { get; init; }

    public string? Baggage { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public string Name => OperationName.Of(Id);

    public TraceCarrier Trace => new(Traceparent, Tracestate, Baggage);

    public Operation ToOperation()
    {
        var operation = new Operation { Name = Name, Metadata = Any.Pack(Metadata()), Done = Finished == 1 };
        if (Error is not null)
            operation.Error = RpcStatus.Parser.ParseFrom(Error);
        else if (Response is not null)
            operation.Response = Any.Parser.ParseFrom(Response);
        return operation;
    }

    private JobMetadata Metadata()
    {
        var metadata = JobMetadata.Parser.ParseFrom(Faults);
        metadata.Kind = Kind;
        metadata.Actor = Actor;
        metadata.CreateTime = CreatedAt.ToTimestamp();
        metadata.StartTime = StartedAt?.ToTimestamp();
        metadata.EndTime = EndedAt?.ToTimestamp();
        metadata.Done = WorkDone;
        if (WorkTotal is { } total)
            metadata.Total = total;
        metadata.ProgressPercent = Percent();
        metadata.CancelRequested = CancelRequested == 1;
        return metadata;
    }

    // All units being done is not the end: what follows them may still fail.
    private int Percent() => State == Succeeded
        ? Whole
        : WorkTotal is > 0 and var total ? (int)Math.Min(Whole - 1, (decimal)WorkDone * Whole / total) : 0;
}
