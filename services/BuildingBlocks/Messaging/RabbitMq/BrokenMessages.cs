using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MassTransit;
using Microsoft.Extensions.Logging;
using OrderTracking.BuildingBlocks.Data;

namespace OrderTracking.BuildingBlocks.Messaging.RabbitMq;

/// <summary>
/// Takes from an error queue what no handler could be given: what is no event, of an unknown type, without its id. It is stored
/// whole as a dead letter of the queue's database, and only then acknowledged. Its content is never read.
/// </summary>
internal sealed class BrokenMessages(Db database, string queue, ConsumerGate gate, ILogger<BrokenMessages> logger) : IFilter<ReceiveContext>
{
    private const string Type = "unreadable";
    private const string Base64 = "base64";
    private const string ReasonHeader = "MT-Reason";
    private const string FaultHeader = "MT-Fault-Message";
    private const string DeadLetterReason = "dead-letter";
    private const string NobodyTakesIt = "No handler of this queue takes a message of its type.";
    private static readonly TimeProvider Clock = MicrosecondClock.Machine;
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public Task Send(ReceiveContext context, IPipe<ReceiveContext> next)
    {
        var letter = Letter(context);
        return gate.UntilDurable(
            () => database.Write(tx => Redeliveries.KeepUnreadable(tx, letter)),
            error => Log.NotKept(logger, error, queue));
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("brokenMessages");

    private UnreadableLetter Letter(ReceiveContext context)
    {
        var body = context.GetBody();
        var headers = Headers(context);
        var (text, encoding) = Text(body);
        var reason = headers.GetValueOrDefault(ReasonHeader) == DeadLetterReason ? NobodyTakesIt : headers.GetValueOrDefault(FaultHeader) ?? "Unknown.";
        var now = Clock.GetUtcNow();
        return new UnreadableLetter(
            Identity(context, body),
            $"{queue}/{Type}",
            Type,
            text,
            encoding,
            JsonSerializer.Serialize(headers),
            Traceparent(headers),
            reason,
            now);
    }

    // Two messages may come with the same id, or with none: the content tells one from another, and a repeated delivery from a new message.
    private Guid Identity(ReceiveContext context, byte[] body)
    {
        var id = context.TransportHeaders.Get<string>("MessageId") ?? Properties(context)?.MessageId ?? "";
        byte[] content = [.. Encoding.UTF8.GetBytes($"{queue}\n{id}\n"), .. body];
        return new Guid(SHA256.HashData(content).AsSpan(0, 16), bigEndian: true);
    }

    private static Dictionary<string, string> Headers(ReceiveContext context)
    {
        var headers = context.TransportHeaders.GetAll()
            .ToDictionary(header => header.Key, header => Convert.ToString(header.Value, CultureInfo.InvariantCulture) ?? "", StringComparer.Ordinal);
        if (Properties(context) is not { } properties)
            return headers;
        Add("message-id", properties.MessageId);
        Add("content-type", properties.ContentType);
        Add("content-encoding", properties.ContentEncoding);
        Add("correlation-id", properties.CorrelationId);
        Add("type", properties.Type);
        Add("app-id", properties.AppId);
        Add("user-id", properties.UserId);
        return headers;

        void Add(string name, string? value)
        {
            if (value is not null)
                headers.TryAdd(name, value);
        }
    }

    // A stranger's header: only what is a trace goes where a trace is expected.
    private static string? Traceparent(Dictionary<string, string> headers) =>
        headers.TryGetValue("traceparent", out var text) && ActivityContext.TryParse(text, null, out _) ? text : null;

    private static RabbitMQ.Client.IReadOnlyBasicProperties? Properties(ReceiveContext context) =>
        context.TryGetPayload(out RabbitMqBasicConsumeContext? consume) ? consume.Properties : null;

    private static (string Text, string? Encoding) Text(byte[] body)
    {
        try
        {
            var text = Strict.GetString(body);
            // U+0000 is text, but not every engine stores it.
            return text.Contains('\0', StringComparison.Ordinal) ? (Convert.ToBase64String(body), Base64) : (text, null);
        }
        catch (DecoderFallbackException)
        {
            return (Convert.ToBase64String(body), Base64);
        }
    }
}

/// <summary>A message that could not be read, as it is stored.</summary>
internal sealed record UnreadableLetter(
    Guid EventId, string Consumer, string Type, string Body, string? Encoding, string Headers, string? Traceparent, string Error, DateTimeOffset At);
