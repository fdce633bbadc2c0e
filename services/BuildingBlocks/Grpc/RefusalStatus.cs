using System.Diagnostics;
using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using OrderTracking.BuildingBlocks.Data;
using RpcStatus = Google.Rpc.Status;

namespace OrderTracking.BuildingBlocks.Grpc;

/// <summary>What a caller is told of a failure: a code, exactly one ErrorInfo, and the details that fit.</summary>
public static class RefusalStatus
{
    /// <summary>The domain of every ErrorInfo.</summary>
    public const string Domain = "ordertracking";
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    /// <summary>Turns any failure of a call into the exception that gRPC answers with.</summary>
    internal static RpcException Of(Exception error, ServerCallContext context, ILogger logger) => error switch
    {
        Refusal refusal => Answer(refusal),
        // Health and reflection speak for themselves.
        RpcException own when AccessTable.IsOpen(context.Method) => own,
        RpcException downstream => Relay(downstream, context, logger),
        // A stream whose caller has gone says so in several ways: cancelled, reset while reading, complete while writing.
        OperationCanceledException or IOException or InvalidOperationException when context.CancellationToken.IsCancellationRequested => Ended(context),
        // The caller waits on, so it is the process that ends, or somebody else who took the work over.
        OperationCanceledException => Answer(new Refusal(
            BuildingReasons.ServiceUnreachable, "The service could not finish the call. Repeat it with the same request_id.")
        {
            RetryDelay = RetryAfter,
        }),
        _ when Dialect.IsTransientAnywhere(error) => Answer(new Refusal(
            BuildingReasons.StorageBusy, "The database could not finish the transaction now; nothing was changed. Repeat the call.")
        {
            RetryDelay = RetryAfter,
        }),
        _ => Defect(error, context, logger),
    };

    /// <summary>The status of a refusal: what a single call is refused with, for one item of a stream.</summary>
    public static RpcStatus StatusOf(Refusal refusal)
    {
        var info = new ErrorInfo { Reason = refusal.Reason.Name, Domain = Domain };
        foreach (var (key, value) in refusal.Metadata)
            info.Metadata[key] = value;
        var status = new RpcStatus { Code = (int)refusal.Reason.Code, Message = refusal.Message, Details = { Any.Pack(info) } };
        if (refusal.FieldViolations.Count > 0)
            status.Details.Add(Any.Pack(BadRequestOf(refusal)));
        if (refusal.PreconditionViolations.Count > 0)
            status.Details.Add(Any.Pack(PreconditionFailureOf(refusal)));
        if (refusal.RetryDelay is { } delay)
            status.Details.Add(Any.Pack(new RetryInfo { RetryDelay = Duration.FromTimeSpan(delay) }));
        return status;
    }

    /// <summary>Answers a call that no handler has seen.</summary>
    internal static async Task Answer(HttpContext context, Refusal refusal)
    {
        var status = StatusOf(refusal);
        var headers = context.Response.Headers;
        context.Response.ContentType = "application/grpc";
        headers[BareStatus.StatusField] = status.Code.ToString(CultureInfo.InvariantCulture);
        headers[BareStatus.MessageField] = Uri.EscapeDataString(status.Message);
        headers[BareStatus.DetailsField] = BareStatus.Encode(status);
        await context.Response.CompleteAsync();
    }

    private static RpcException Answer(Refusal refusal) => StatusOf(refusal).ToRpcException();

    // A refusal of another service of this system is the answer to our caller too; anything else it says is not for him.
    private static RpcException Relay(RpcException error, ServerCallContext context, ILogger logger)
    {
        if (context.CancellationToken.IsCancellationRequested)
            return Ended(context);
        if (error.GetRpcStatus() is { } status && status.GetDetail<ErrorInfo>()?.Domain == Domain)
            return status.ToRpcException();
        if (error.StatusCode is not (StatusCode.Unavailable or StatusCode.DeadlineExceeded))
            return Defect(error, context, logger);
        return Answer(new Refusal(BuildingReasons.ServiceUnreachable, "A service this call needs could not be reached.") { RetryDelay = RetryAfter });
    }

    private static RpcException Ended(ServerCallContext context) =>
        context.Deadline != DateTime.MaxValue && context.Deadline <= TimeProvider.System.GetUtcNow().UtcDateTime
            ? Answer(new Refusal(BuildingReasons.DeadlineExceeded, "The call's deadline passed."))
            : Answer(new Refusal(BuildingReasons.CallCancelled, "The call was cancelled."));

    private static RpcException Defect(Exception error, ServerCallContext context, ILogger logger)
    {
        var trace = Activity.Current?.TraceId.ToString() ?? "";
        Log.CallFailed(logger, error, context.Method, trace);
        return Answer(new Refusal(BuildingReasons.Internal, "The call failed because of a defect of the system.")
        {
            Metadata = new Dictionary<string, string> { ["trace_id"] = trace },
        });
    }

    private static BadRequest BadRequestOf(Refusal refusal) => new()
    {
        FieldViolations =
        {
            refusal.FieldViolations.Select(violation => new BadRequest.Types.FieldViolation
            {
                Field = violation.Field,
                Reason = violation.Reason,
                Description = violation.Description,
            }),
        },
    };

    private static PreconditionFailure PreconditionFailureOf(Refusal refusal) => new()
    {
        Violations =
        {
            refusal.PreconditionViolations.Select(violation => new PreconditionFailure.Types.Violation
            {
                Type = violation.Type,
                Subject = violation.Subject,
                Description = violation.Description,
            }),
        },
    };
}
