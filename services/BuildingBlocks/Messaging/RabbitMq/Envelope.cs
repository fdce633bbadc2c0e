using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using MassTransit;
using OrderTracking.Contracts;
using RabbitMQ.Client;

namespace OrderTracking.BuildingBlocks.Messaging.RabbitMq;

/// <summary>
/// An event as MassTransit puts it on the wire, so that any consumer of MassTransit takes it. The event itself goes in as its row has it:
/// it is written as JSON once, in the transaction that sends it. One thread at a time.
/// </summary>
internal sealed class Envelope : IDisposable
{
    private const string ContentType = "application/vnd.masstransit+json";
    private static readonly JsonWriterOptions Unchecked = new() { SkipValidation = true };
    private static readonly ConcurrentDictionary<string, JsonEncodedText> Urns = new(StringComparer.Ordinal);
    private readonly ArrayBufferWriter<byte> _buffer = new(4096);
    private readonly Utf8JsonWriter _writer;

    public Envelope() => _writer = new Utf8JsonWriter(_buffer, Unchecked);

    /// <summary>The message's body, until the next call.</summary>
    public ReadOnlyMemory<byte> Body(OutboxMessage message)
    {
        _buffer.ResetWrittenCount();
        _writer.Reset();
        _writer.WriteStartObject();
        _writer.WriteString("messageId"u8, message.EventId);
        _writer.WriteStartArray("messageType"u8);
        _writer.WriteStringValue(Urns.GetOrAdd(message.Type, UrnOf));
        _writer.WriteEndArray();
        _writer.WritePropertyName("message"u8);
        _writer.WriteRawValue(message.Body, skipInputValidation: true);
        _writer.WriteString("sentTime"u8, message.SentTime.UtcDateTime);
        _writer.WriteStartObject("headers"u8);
        foreach (var (name, value) in EventHeaders.Of(message))
            _writer.WriteString(name, value);
        _writer.WriteEndObject();
        _writer.WriteEndObject();
        _writer.Flush();
        return _buffer.WrittenMemory;
    }

    /// <summary>What the broker stores beside the body, for those who read no JSON.</summary>
    public static BasicProperties Properties(OutboxMessage message)
    {
        var headers = new Dictionary<string, object?>(4);
        foreach (var (name, value) in EventHeaders.Of(message))
            headers[name] = value;
        return new BasicProperties
        {
            ContentType = ContentType,
            DeliveryMode = DeliveryModes.Persistent,
            MessageId = message.EventId.ToString("D", CultureInfo.InvariantCulture),
            Headers = headers,
        };
    }

    public void Dispose() => _writer.Dispose();

    private static JsonEncodedText UrnOf(string type) => JsonEncodedText.Encode(MessageUrn.ForTypeString(EventTypes.TypeOf(type)));
}
