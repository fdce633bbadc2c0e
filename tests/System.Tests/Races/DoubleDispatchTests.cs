using OrderTracking.Compliance.V1;
using OrderTracking.Shipments.V1;
using OrderTracking.SystemTests.Running;
using OrderTracking.TestKit;
using Xunit;

namespace OrderTracking.SystemTests.Races;

/// <summary>One shipment is dispatched twice at the same time.</summary>
public class DoubleDispatchTests(SystemUnderTest system, ITestOutputHelper output) : IClassFixture<SystemUnderTest>
{
    private static readonly string[] Refusals = ["SHIPMENT_DISPATCHING", "SHIPMENT_ALREADY_DISPATCHED"];

    [Fact]
    public async Task One_of_two_dispatches_wins_and_the_goods_leave_once()
    {
        var results = await Tries.Run(async number =>
        {
            var shipment = (await system.Shop.Screened()).Single().Name;
            Task<Answer> Dispatch() => Answer.Of(() => system.Shop.Dispatch(shipment));
            return (shipment, Answers: await Tries.Race(number, Dispatch, Dispatch));
        });
        await Invariants.Hold(system.Host.DataDirectory);
        foreach (var (shipment, (first, second)) in results)
        {
            Assert.True(first.Done ^ second.Done, $"{shipment}: {first} {second}");
            Assert.Contains(first.Done ? second.Reason : first.Reason, Refusals);
            var filter = $"shipment = \"{shipment}\"";
            Assert.Single((await system.Shop.Auditor.Compliance.ListPermitsAsync(new ListPermitsRequest { Filter = filter })).Permits);
        }

        var refusals = results.GroupBy(result => result.Answers.First.Reason + result.Answers.Second.Reason);
        output.WriteLine($"{results.Count} tries; refused: {string.Join(", ", refusals.Select(group => $"{group.Key} {group.Count()}"))}");
    }

    [Fact]
    public async Task The_same_dispatch_sent_twice_is_one_dispatch_with_one_answer()
    {
        await Tries.Run(async number =>
        {
            var shipment = (await system.Shop.Screened()).Single().Name;
            var requestId = Shop.NewRequestId();
            Task<Shipment> Dispatch() => system.Shop.Dispatch(shipment, requestId);
            var (first, second) = await Tries.Race(number, Dispatch, Dispatch);
            Assert.Equal(first, second);
            return shipment;
        });
        await Invariants.Hold(system.Host.DataDirectory);
    }
}
