using System.Globalization;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace OrderTracking.BuildingBlocks.Grpc;

/// <summary>
/// Gives an ErrorInfo to the refusals gRPC makes itself, before or beside any interceptor: a message too large, an unknown method.
/// Callers may then rely on one in every answer that is not OK.
/// </summary>
internal static class BareStatus
{
    private const string StatusField = "grpc-status";
    private const string MessageField = "grpc-message";
    private const string DetailsField = "grpc-status-details-bin";

    public static async Task Complete(HttpContext context, RequestDelegate next)
    {
        await next(context);
        var fields = context.Response.HasStarted
            ? context.Features.Get<IHttpResponseTrailersFeature>()?.Trailers
            : context.Response.Headers;
        if (fields is null or { IsReadOnly: true } || fields.ContainsKey(DetailsField)
            || !int.TryParse(fields[StatusField], CultureInfo.InvariantCulture, out var number) || number == (int)StatusCode.OK)
        {
            return;
        }

        var status = new Google.Rpc.Status
        {
            Code = number,
            Message = Uri.UnescapeDataString(fields[MessageField].ToString()),
            Details = { Any.Pack(new ErrorInfo { Reason = ReasonOf((StatusCode)number), Domain = RefusalStatus.Domain }) },
        };
        try
        {
            fields[DetailsField] = Convert.ToBase64String(status.ToByteArray()).TrimEnd('=');
        }
        catch (InvalidOperationException)
        {
            // The call's deadline or its caller's going completed the response meanwhile; nobody reads details any more.
        }
    }

    private static string ReasonOf(StatusCode code) => code switch
    {
        StatusCode.ResourceExhausted => "MESSAGE_TOO_LARGE",
        StatusCode.Unimplemented => "METHOD_UNKNOWN",
        // The codes' own names, such as NOT_FOUND of an unknown service asked for its health.
        _ => string.Concat(code.ToString().Select((letter, at) => at > 0 && char.IsUpper(letter) ? $"_{letter}" : $"{letter}")).ToUpperInvariant(),
    };
}
