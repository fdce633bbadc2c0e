using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using OrderTracking.BuildingBlocks.Messaging;
using RabbitMQ.Client;

namespace OrderTracking.BuildingBlocks.Tests.Messaging;

/// <summary>What no handler can be given becomes a dead letter, whole, and stands in nobody's way.</summary>
public sealed class UnreadableMessageTests : IAsyncLifetime
{
    private const string MassTransitJson = "application/vnd.masstransit+json";
    private readonly TemporaryDirectory _directory = new();
    private BrokerQueues? _queues;

    public async ValueTask InitializeAsync() => _queues = await BrokerQueues.Find();

    public async ValueTask DisposeAsync()
    {
        if (_queues is not null)
            await _queues.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task Unreadable_messages_are_kept_whole_and_good_ones_behind_them_are_taken()
    {
        await using var bus = await BusHost.Start(_directory, new Script(), _queues!.Options);
        await Sent(bus, 1);
        byte[] junk = [0xff, 0xfe, 0x00, 0x01];
        await _queues.Put("second", junk, new BasicProperties { MessageId = "not-a-guid", ContentType = MassTransitJson });
        await _queues.Put("second", "{\"broken\": "u8.ToArray(), new BasicProperties { ContentType = MassTransitJson });
        await _queues.Put("second", "<order/>"u8.ToArray(), new BasicProperties { ContentType = "application/xml" });
        await _queues.Put("second", Envelope("urn:message:Somewhere:Else", Ids.Next()), new BasicProperties { ContentType = MassTransitJson });
        await _queues.Put("second", Envelope(Urn, null), new BasicProperties { ContentType = MassTransitJson });
        await _queues.Put("second", Envelope(Urn, Ids.Next(), "no object"), new BasicProperties { ContentType = MassTransitJson });
        await _queues.Put("second", Envelope(Urn, Ids.Next()), new BasicProperties { ContentType = MassTransitJson });
        for (var number = 0; number < 20; number++)
            await bus.Send(BusHost.NewEvent());

        await Eventually.Holds(async () => await bus.Effects("second") == 21, "the good events behind are taken");
        await Eventually.Holds(async () => await bus.Db.Count("dead_letters") == 7, "seven dead letters");
        var letters = await bus.Db.Read(tx => tx.Query<Letter>(
            "select consumer as Consumer, body as Body, encoding as Encoding, headers as Headers, error as Error from dead_letters"));
        Assert.All(letters, letter => Assert.Equal("second/unreadable", letter.Consumer));
        var bytes = Assert.Single(letters, letter => letter.Encoding == "base64");
        Assert.Equal(Convert.ToBase64String(junk), bytes.Body);
        Assert.Contains("not-a-guid", bytes.Headers, StringComparison.Ordinal);
        Assert.Contains(letters, letter => letter.Body == "<order/>");
        Assert.Contains(letters, letter => letter.Body.Contains("Somewhere:Else", StringComparison.Ordinal));
        foreach (var suffix in (string[])["", "_error", "_skipped"])
            await Eventually.Holds(async () => await _queues.Waiting("second" + suffix) == 0, "the queue is empty");
        Assert.Equal(0, await bus.Db.Count("redeliveries"));
    }

    [Fact]
    public async Task The_same_unreadable_message_is_kept_once_and_waits_for_its_database()
    {
        await using var bus = await BusHost.Start(_directory, new Script(), _queues!.Options);
        await Sent(bus, 1);
        await bus.Db.Write(tx => tx.Execute("alter table dead_letters rename to dead_letters_away"));
        for (var time = 0; time < 3; time++)
            await _queues.Put("second", "junk"u8.ToArray(), new BasicProperties { MessageId = "one" });
        await _queues.Put("second", "junk"u8.ToArray(), new BasicProperties { MessageId = "two" });
        await bus.Send(BusHost.NewEvent());
        await Eventually.Holds(async () => await bus.Effects("second") == 2, "the good event is taken meanwhile");
        await bus.Db.Write(tx => tx.Execute("alter table dead_letters_away rename to dead_letters"));

        await Eventually.Holds(async () => await bus.Db.Count("dead_letters") == 2, "one dead letter a message");
        await Eventually.Holds(async () => await _queues.Waiting("second_error") == 0, "the error queue is empty");
        Assert.Equal(2, await bus.Db.Count("dead_letters"));
    }

    private static string Urn => $"urn:message:{typeof(Contracts.Compliance.AmendmentPublished).Namespace}:{nameof(Contracts.Compliance.AmendmentPublished)}";

    // The queues are there when an event has gone through them.
    private static async Task Sent(BusHost bus, long count)
    {
        await bus.Send(BusHost.NewEvent());
        await Eventually.Holds(async () => await bus.Effects("second") == count && await bus.Effects("first") == count, "the first event is taken");
    }

    // As the bus writes it, but without the headers every event has.
    private static byte[] Envelope(string type, Guid? id, string? message = null)
    {
        var envelope = new JsonObject
        {
            ["messageType"] = new JsonArray(type),
            ["message"] = message is null ? JsonSerializer.SerializeToNode(BusHost.NewEvent(), Outbox.Json) : JsonValue.Create(message),
        };
        if (id is not null)
            envelope["messageId"] = id.ToString();
        return Encoding.UTF8.GetBytes(envelope.ToJsonString());
    }

    private sealed class Letter
    {
        public string Consumer { get; init; } = "";

        public string Body { get; init; } = "";

        public string? Encoding { get; init; }

        public string Headers { get; init; } = "";

        public string Error { get; init; } = "";
    }
}
