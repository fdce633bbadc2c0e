using System.Diagnostics;
using System.Globalization;

namespace OrderTracking.Host.Traces;

/// <summary>How a span ended.</summary>
internal enum Outcome
{
    /// <summary>As it should, or with its caller gone, which is how a watch ends.</summary>
    Ok,

    /// <summary>The call was answered with a status other than OK that is its caller's to mend: a rule of the API, a missing role.</summary>
    Refused,

    /// <summary>Something is wrong here.</summary>
    Failed,
}

/// <summary>Tells how a span ended: by the status of its gRPC call, which over HTTP/2 is 200 all the same, else by what the span says.</summary>
internal static class Outcomes
{
    // The server says the number, the caller the name.
    private const string ServerKey = "grpc.status_code";
    private const string ClientKey = "rpc.response.status_code";

    // By their numbers, as OpenTelemetry's convention for gRPC servers divides them.
    private static readonly string[] Names =
    [
        "OK", "CANCELLED", "UNKNOWN", "INVALID_ARGUMENT", "DEADLINE_EXCEEDED", "NOT_FOUND", "ALREADY_EXISTS", "PERMISSION_DENIED",
        "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION", "ABORTED", "OUT_OF_RANGE", "UNIMPLEMENTED", "INTERNAL", "UNAVAILABLE", "DATA_LOSS",
        "UNAUTHENTICATED",
    ];

    private static readonly HashSet<string> Failures = new(StringComparer.Ordinal)
    {
        "UNKNOWN", "DEADLINE_EXCEEDED", "UNIMPLEMENTED", "INTERNAL", "UNAVAILABLE", "DATA_LOSS",
    };

    /// <summary>The outcome, and the status to show beside it; empty where there is none.</summary>
    public static (Outcome Outcome, string Status) Of(Activity activity)
    {
        var status = activity.GetTagItem(ServerKey) is { } number ? Name(number) : activity.GetTagItem(ClientKey) as string;
        return status switch
        {
            null => (activity.Status == ActivityStatusCode.Error ? Outcome.Failed : Outcome.Ok, ""),
            "OK" => (Outcome.Ok, ""),
            "CANCELLED" => (Outcome.Ok, status),
            _ when Failures.Contains(status) => (Outcome.Failed, status),
            _ => (Outcome.Refused, status),
        };
    }

    private static string? Name(object value) =>
        int.TryParse(Convert.ToString(value, CultureInfo.InvariantCulture), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number < Names.Length
            ? Names[number]
            : null;
}
