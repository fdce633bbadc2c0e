using System.Globalization;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using RpcStatus = Google.Rpc.Status;

namespace OrderTracking.BuildingBlocks.Grpc;

/// <summary>
/// Gives an ErrorInfo to the refusals gRPC makes itself, before or beside any interceptor: a message too large, an unknown method.
/// Callers may then rely on one in every answer that is not OK. A message gRPC could not read is the caller's fault: gRPC says
/// INTERNAL or UNKNOWN, the answer is INVALID_ARGUMENT.
/// </summary>
internal static class BareStatus
{
    public const string StatusField = "grpc-status";
    public const string MessageField = "grpc-message";
    public const string DetailsField = "grpc-status-details-bin";

    /// <summary>What is said of a message that cannot be read.</summary>
    public const string Unreadable = "The message cannot be read: it is no protobuf of its type, is cut off, or is nested too deeply.";


    /// <summary>Notes that a handler took over: what fails from here on is no matter of reading the request.</summary>
    public static void MarkRead(ServerCallContext context) => context.GetHttpContext().Features.Set(MessageRead.Mark);

    public static async Task Complete(HttpContext context, RequestDelegate next)
    {
        // An answer that is a status only travels as headers, whoever ends the call: the deadline does it beside the pipeline.
        context.Response.OnStarting(
            state =>
            {
                Describe((HttpContext)state, ((HttpContext)state).Response.Headers);
                return Task.CompletedTask;
            },
            context);
        await next(context);
        if (context.Response.HasStarted && context.Features.Get<IHttpResponseTrailersFeature>()?.Trailers is { IsReadOnly: false } trailers)
            Describe(context, trailers);
    }

    private static void Describe(HttpContext context, IHeaderDictionary fields)
    {
        if (fields.ContainsKey(DetailsField)
            || !int.TryParse(fields[StatusField], CultureInfo.InvariantCulture, out var number) || number == (int)StatusCode.OK)
        {
            return;
        }

        var code = (StatusCode)number;
        var known = context.GetEndpoint()?.Metadata.GetMetadata<GrpcMethodMetadata>() is not null;
        var reason = ReasonOf(code, known, context.Features.Get<MessageRead>() is not null);
        // gRPC's own words, except for what it calls an exception of the handler.
        var message = code == StatusCode.Unknown && reason.Code != code ? Unreadable : Uri.UnescapeDataString(fields[MessageField].ToString());
        try
        {
            Write(fields, reason, message);
        }
        catch (InvalidOperationException)
        {
            // The call's deadline or its caller's going completed the response meanwhile; nobody reads details any more.
        }
    }

    /// <summary>The reason behind a status gRPC gave.</summary>
    /// <param name="read">True where the message had been read.</param>
    public static Reason ReasonOf(StatusCode code, bool methodKnown, bool read) => code switch
    {
        StatusCode.ResourceExhausted => BuildingReasons.MessageTooLarge,
        StatusCode.Unimplemented => methodKnown ? BuildingReasons.CompressionUnsupported : BuildingReasons.MethodUnknown,
        StatusCode.Unknown or StatusCode.Internal when methodKnown && !read => BuildingReasons.RequestMalformed,
        // The codes' own names, such as NOT_FOUND of an unknown service asked for its health.
        _ => new Reason(
            string.Concat(code.ToString().Select((letter, at) => at > 0 && char.IsUpper(letter) ? $"_{letter}" : $"{letter}")).ToUpperInvariant(), code),
    };

    /// <summary>A status as it travels beside its code.</summary>
    public static string Encode(RpcStatus status) => Convert.ToBase64String(status.ToByteArray()).TrimEnd('=');

    // A feature: the server keeps room for those, and makes a dictionary for items.
    private sealed class MessageRead
    {
        public static readonly MessageRead Mark = new();
    }

    private static void Write(IHeaderDictionary fields, Reason reason, string message)
    {
        fields[StatusField] = ((int)reason.Code).ToString(CultureInfo.InvariantCulture);
        fields[MessageField] = Uri.EscapeDataString(message);
        fields[DetailsField] = Encode(new RpcStatus
        {
            Code = (int)reason.Code,
            Message = message,
            Details = { Any.Pack(new ErrorInfo { Reason = reason.Name, Domain = RefusalStatus.Domain }) },
        });
    }
}
