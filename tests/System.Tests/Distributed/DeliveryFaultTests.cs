using System.Globalization;
using System.Text;
using Dapper;
using Microsoft.Data.Sqlite;
using OrderTracking.TestKit;
using OrderTracking.TestKit.Distributed;
using RabbitMQ.Client;
using Xunit;
using State = OrderTracking.Shipments.V1.Shipment.Types.State;

namespace OrderTracking.SystemTests.Distributed;

/// <summary>Messages come again, in the wrong order, broken, or faster than they are taken.</summary>
public sealed class DeliveryFaultTests(FleetUnderTest system, ITestOutputHelper output) : IClassFixture<FleetUnderTest>
{
    private const int PrefetchMax = 128;
    private const long GrowthMaxKilobytes = 200 * 1024;
    private static readonly string[] Queues = ["orders", "shipments", "compliance"];
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(3);

    [Fact]
    public async Task Everything_delivered_twice_more_and_backwards_changes_nothing()
    {
        Brokers.Require();
        await using var connection = await Connect();
        await using var channel = await connection.CreateChannelAsync();
        foreach (var queue in Queues)
        {
            await channel.QueueDeclareAsync($"tap-{queue}", durable: false, exclusive: false, autoDelete: false);
            await channel.QueueBindAsync($"tap-{queue}", queue, "");
        }

        foreach (var order in await system.Place(15))
            await system.Shop.Dispatch((await system.Ready(order)).Name);
        await system.AtRest();
        var before = Counts();
        var replayed = 0;
        foreach (var queue in Queues)
        {
            var tapped = new List<BasicGetResult>();
            while (await channel.BasicGetAsync($"tap-{queue}", autoAck: true) is { } message)
                tapped.Add(message);
            Assert.NotEmpty(tapped);
            foreach (var message in Enumerable.Reverse(tapped.Concat(tapped)))
                await channel.BasicPublishAsync("", queue, mandatory: true, new BasicProperties(message.BasicProperties), message.Body);
            replayed += 2 * tapped.Count;
            await channel.QueueDeleteAsync($"tap-{queue}");
        }

        foreach (var queue in Queues)
            await Eventually.Becomes($"{queue} is empty", async () => await channel.MessageCountAsync(queue) == 0, FleetUnderTest.Drained);
        await Task.Delay(Quiet);
        output.WriteLine($"{replayed} messages replayed");
        Assert.Equal(before, Counts());
        await system.AtRest();
    }

    [Fact]
    public async Task An_outbox_that_is_published_again_changes_nothing()
    {
        Brokers.Require();
        foreach (var order in await system.Place(5))
            await system.Ready(order);
        await system.AtRest();
        var before = Counts();
        foreach (var database in Queues)
        {
            await using var file = new SqliteConnection($"Data Source={Path.Combine(system.Fleet.DataDirectory, $"{database}.db")};Pooling=False");
            file.Open();
            Assert.True(await file.ExecuteAsync("update outbox set published_at = null, claimed_by = null, claimed_until = null") > 0);
        }

        await system.AtRest();
        Assert.Equal(before, Counts());
    }

    [Fact]
    public async Task What_cannot_be_read_is_put_aside_and_the_others_go_on()
    {
        Brokers.Require();
        await using var connection = await Connect();
        await using var channel = await connection.CreateChannelAsync();
        foreach (var body in (string[])["no json at all", "{}", """{"messageType":["urn:message:No:Such"],"message":{}}"""])
            await channel.BasicPublishAsync("", "shipments", mandatory: true, new BasicProperties(), Encoding.UTF8.GetBytes(body));
        var orders = await system.Place(5);
        foreach (var order in orders)
            await system.Ready(order);
        await using var file = new SqliteConnection($"Data Source={Path.Combine(system.Fleet.DataDirectory, "shipments.db")};Pooling=False");
        file.Open();
        await Eventually.Becomes(
            "three dead letters are kept", () => file.ExecuteScalarAsync<long>("select count(*) from dead_letters"), count => count == 3, FleetUnderTest.Drained);
        // As an operator who has looked at them.
        await file.ExecuteAsync("delete from dead_letters");
        await system.AtRest();
    }

    [Fact]
    public async Task A_consumer_that_stands_still_holds_no_more_than_its_share_and_takes_the_rest_when_it_goes_on()
    {
        Brokers.Require();
        await using var connection = await Connect();
        await using var channel = await connection.CreateChannelAsync();
        var compliance = system.Fleet.Service("compliance");
        await system.Ready();
        var before = PeakKilobytes(compliance);
        await compliance.Process.Signal("STOP");
        var orders = await system.Place(2 * PrefetchMax);
        await Eventually.Becomes(
            "what it does not hold waits at the broker",
            () => channel.MessageCountAsync("compliance"),
            count => count >= orders.Length - PrefetchMax,
            FleetUnderTest.Drained);
        await compliance.Process.Signal("CONT");
        await Eventually.Becomes(
            "every shipment is screened",
            () => system.Shop.Shipments("""state = "PLANNED" """.Trim()),
            planned => planned.Count == 0,
            2 * FleetUnderTest.Drained);
        output.WriteLine($"peak of compliance {before / 1024} MB before, {PeakKilobytes(compliance) / 1024} MB after {orders.Length} orders at once");
        Assert.True(PeakKilobytes(compliance) - before < GrowthMaxKilobytes, $"{before} kB, then {PeakKilobytes(compliance)} kB");
        Assert.All(await system.Shop.Shipments(), shipment => Assert.NotEqual(State.Planned, shipment.State));
        await system.AtRest();
    }

    private Task<IConnection> Connect() =>
        new ConnectionFactory { HostName = "127.0.0.1", Port = system.Fleet.Broker.Port, AutomaticRecoveryEnabled = false }.CreateConnectionAsync();

    // Everything an event may add or change; what is delivered again adds and changes nothing.
    private string Counts()
    {
        using var files = new DataFiles(system.Fleet.DataDirectory);
        string[] counted =
        [
            "orders.orders", "orders.inbox", "orders.outbox", "orders.timeline_entries", "orders.order_shipments", "shipments.shipments",
            "shipments.inbox", "shipments.outbox", "compliance.inbox", "compliance.outbox", "compliance.decisions", "compliance.permits",
        ];
        var revisions = files.Count("select sum(revision) from shipments.shipments");
        return string.Join(", ", counted.Select(table => $"{table} {files.Count($"select count(*) from {table}")}")) + $", revisions {revisions}";
    }

    private static long PeakKilobytes(ServiceProcess service) => long.Parse(
        File.ReadLines($"/proc/{service.Process.Id}/status").Single(line => line.StartsWith("VmHWM:", StringComparison.Ordinal))["VmHWM:".Length..^"kB".Length].Trim(),
        CultureInfo.InvariantCulture);
}
