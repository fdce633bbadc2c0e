using System.Text.Json.Nodes;
using Dapper;
using Microsoft.Data.Sqlite;
using OrderTracking.TestKit;
using OrderTracking.TestKit.Distributed;
using Xunit;

namespace OrderTracking.SystemTests.Distributed;

/// <summary>
/// 10,000 events of shipments reach 8 processes of one queue in no order, a fifth of them again. What a consumer keeps of a shipment
/// never goes back.
/// </summary>
public sealed class EventOrderTests(ITestOutputHelper output)
{
    private const int Consumers = 8;
    private const int Shipments = 100;
    private const int ChangesEach = 100;
    private const int Events = Shipments * ChangesEach;
    private const int SentAgain = Events / 5;
    private const int Seed = 20250409;
    private static readonly TimeSpan Within = TimeSpan.FromMinutes(6);

    [Fact]
    public async Task Ten_thousand_events_over_eight_consumers_and_no_shipment_goes_back()
    {
        Brokers.Require();
        var day = WorkingDay.Now();
        await using var fleet = await Fleet.Start(output.WriteLine, new FleetPlan { Replicas = new Dictionary<string, int> { ["orders"] = Consumers } });
        var sketch = new OrderSketch { Zone = day.Zone, ShipDates = [day.Today] };
        await Task.WhenAll(Enumerable.Range(0, Shipments).Select(_ => fleet.Shop.PlaceOrder(sketch)));
        using var files = new DataFiles(fleet.DataDirectory);
        await Eventually.Becomes(
            "every shipment is known to orders and screened",
            () => Task.FromResult(files.Count("select count(*) from orders.order_shipments where screening_number > 0") == Shipments), Within);
        await fleet.Service("shipments").Terminate(TimeSpan.FromSeconds(30));
        Watch(fleet, "orders", "order_shipments");
        Watch(fleet, "compliance", "shipments");
        Write(fleet);

        await fleet.Service("shipments").Start();
        await Taken(files);
        Change(fleet, "shipments", $"update outbox set published_at = null where event_id in (select event_id from outbox where type = 'shipments.shipment-revised' order by event_id limit {SentAgain})");
        await Eventually.Becomes(
            "what was to be sent again is sent", () => Task.FromResult(files.Count("select count(*) from shipments.outbox where published_at is null") == 0), Within);
        await Taken(files);

        Assert.Equal(0, files.Count("select count(*) from orders.went_back") + files.Count("select count(*) from compliance.went_back"));
        Assert.Equal(Shipments, files.Count($"select count(*) from orders.order_shipments where revision = {ChangesEach + 1}"));
        Assert.Equal(Shipments, files.Count($"select count(*) from compliance.shipments where revision = {ChangesEach + 1}"));
        Assert.Equal(0, files.Count("select count(*) from orders.dead_letters") + files.Count("select count(*) from compliance.dead_letters"));
        output.WriteLine($"{Events} events, {SentAgain} of them twice, {Consumers} processes; orders took {TakenBy(files, "orders")}, compliance {TakenBy(files, "compliance")}");
        // The watch sees what it is there for.
        Change(fleet, "orders", "update order_shipments set revision = revision - 1");
        Assert.Equal(Shipments, files.Count("select count(*) from orders.went_back"));
    }

    private static Task Taken(DataFiles files) => Eventually.Becomes(
        "every event is taken by both services", () => Task.FromResult(TakenBy(files, "orders") == Events && TakenBy(files, "compliance") == Events), Within);

    private static long TakenBy(DataFiles files, string database) => files.Count($"""
        select count(*) from {database}.inbox i join shipments.outbox o on o.event_id = i.event_id where o.type = 'shipments.shipment-revised'
        """);

    private static void Watch(Fleet fleet, string database, string table) => Change(fleet, database, $"""
        create table went_back (shipment_id text not null, was integer not null, became integer not null);
        create trigger goes_back after update on {table} when new.revision < old.revision or new.sequence < old.sequence
        begin
            insert into went_back values (old.shipment_id, old.revision, new.revision);
        end;
        """);

    // Changes of each planned shipment, as the shipment service writes them, in an order that chance chose.
    private static void Write(Fleet fleet)
    {
        using var connection = Open(fleet, "shipments");
        var planned = connection.Query<(string Body, string SentTime)>("select body, sent_time from outbox where type = 'shipments.shipment-planned'").AsList();
        var changes = planned.SelectMany(one => Enumerable.Range(2, ChangesEach).Select(number => Revised(one.Body, one.SentTime, number))).ToArray();
        Assert.Equal(Events, changes.Length);
        // CA5394: chance decides an order, not what is secret; the seed makes it the same order every time.
#pragma warning disable CA5394
        new Random(Seed).Shuffle(changes);
#pragma warning restore CA5394
        using var transaction = connection.BeginTransaction();
        connection.Execute(
            "insert into outbox (event_id, type, body, sent_time) values (@Id, 'shipments.shipment-revised', @Body, @SentTime)", changes, transaction);
        transaction.Commit();
    }

    private static Stored Revised(string planned, string sentTime, int number)
    {
        var id = Guid.CreateVersion7().ToString("D");
        var change = JsonNode.Parse(planned)!.AsObject();
        (change["eventId"], change["change"], change["reason"]) = (id, "RESCHEDULED", null);
        (change["shipment"]!["sequence"], change["shipment"]!["revision"]) = (number, number);
        return new Stored(id, change.ToJsonString(), sentTime);
    }

    // CA2100: every text is a constant of this file.
#pragma warning disable CA2100
    private static void Change(Fleet fleet, string database, string sql)
    {
        using var connection = Open(fleet, database);
        connection.Execute(sql);
    }
#pragma warning restore CA2100

    private static SqliteConnection Open(Fleet fleet, string database)
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(fleet.DataDirectory, database + ".db")};Pooling=False;Default Timeout=60");
        connection.Open();
        return connection;
    }

    private sealed record Stored(string Id, string Body, string SentTime);
}
