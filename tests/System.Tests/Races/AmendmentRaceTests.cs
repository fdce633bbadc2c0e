using System.Text.Json;
using OrderTracking.Shipments.V1;
using OrderTracking.SystemTests.Running;
using OrderTracking.TestKit;
using OrderTracking.Types.V1;
using Xunit;
using State = OrderTracking.Shipments.V1.Shipment.Types.State;

namespace OrderTracking.SystemTests.Races;

/// <summary>An amendment that forbids a shipment is published while the shipment is dispatched.</summary>
public class AmendmentRaceTests(SystemUnderTest system, ITestOutputHelper output) : IClassFixture<SystemUnderTest>
{
    private static readonly string[] Refusals = ["DISPATCH_REFUSED", "SHIPMENT_NOT_READY"];
    private static readonly DateOnly Today = new(2025, 6, 2);
    private static readonly TimeSpan SettledWithin = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task Nothing_leaves_against_a_law_that_was_published_before_its_permit()
    {
        var results = await Tries.Run(Try);
        await Invariants.Hold(system.Host.DataDirectory, SettledWithin);
        using var files = new DataFiles(system.Host.DataDirectory);
        var granted = PositionOf(files, "compliance.permit-granted", "shipmentId");
        var published = PositionOf(files, "compliance.amendment-published", "rule");
        foreach (var (number, shipment, dispatch) in results)
        {
            var left = granted.TryGetValue(shipment["shipments/".Length..], out var permit);
            Assert.Equal(dispatch.Done, left);
            // Events of one database are numbered in the order of the commits, so this is the order of law and permit.
            Assert.True(!left || permit < published[$"rules/{RuleOf(number)}"], $"{shipment} left after the law of try {number}");
            var final = await system.Shop.Becomes(shipment, left ? State.Recalled : State.Blocked);
            Assert.Equal([RuleOf(number)], final.Reasons);
        }

        var refused = results.Where(result => !result.Dispatch.Done).Select(result => result.Dispatch.Reason).ToList();
        Assert.All(refused, reason => Assert.Contains(reason, Refusals));
        output.WriteLine($"{results.Count} tries: {results.Count - refused.Count} left and were recalled, {refused.Count} were refused");
    }

    private async Task<(int Number, string Shipment, Answer Dispatch)> Try(int number)
    {
        var family = $"RACE-{number}";
        var shipment = (await system.Shop.Screened(new OrderSketch { Part = $"R-{number}", Family = family, Facts = Harmless() })).Single();
        Assert.Equal(State.Ready, shipment.State);
        var proposed = await system.Shop.Propose(RuleOf(number), new AmendmentSketch(family, "DE", Today));
        var (dispatch, _) = await Tries.Race(
            number,
            () => Answer.Of(() => system.Shop.Dispatch(shipment.Name)),
            () => system.Shop.Publish(proposed));
        return (number, shipment.Name, dispatch);
    }

    private static Dictionary<string, long> PositionOf(DataFiles files, string type, string key) =>
        files.Query<(long Seq, string Body)>("select seq, body from compliance.outbox where type = @type", new { type })
            .ToDictionary(row => JsonDocument.Parse(row.Body).RootElement.GetProperty(key).GetString()!, row => row.Seq);

    private static string RuleOf(int number) => $"TEST-RACE-{number}";

    private static ItemFacts Harmless() =>
        new() { Tpp = 100, PerformanceDensity = 1, IoBandwidthGbps = 10, MemoryBandwidthGbps = 10, DesignedForDataCenter = true };
}
