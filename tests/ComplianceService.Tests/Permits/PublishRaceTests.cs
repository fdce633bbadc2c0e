using Grpc.Core;
using OrderTracking.Compliance.V1;
using OrderTracking.ComplianceService.Tests.Service;
using OrderTracking.Contracts.Compliance;
using Xunit;

namespace OrderTracking.ComplianceService.Tests.Permits;

/// <summary>The gap between check and dispatch: there is none.</summary>
public sealed class PublishRaceTests
{
    private const int Tries = 200;
    private const int AskersATry = 4;
    private const int SpinsAStep = 2_000;

    [Fact]
    public async Task No_permit_follows_the_commit_of_an_amendment_that_forbids_it_and_none_outlives_it()
    {
        await using var host = await ComplianceHost.Start("2025-03-10T20:00:00Z");
        var staff = new Staff(host);
        var granted = 0;
        for (var number = 0; number < Tries; number++)
        {
            var exporter = $"RACER-{number}";
            var goods = await Goods.Plan(host, "L2", "2025-03-10", "JP", exporter);
            await goods.Stands("READY");
            var hit = TestCases.Facts("JP", Goods.Day("2025-03-10"), exporter);
            var proposed = await staff.Propose($"TEST-RACE-{number}", $"exporter: {exporter}", hit);
            var permits = await Race(staff, goods, proposed, number % (2 * AskersATry));
            Assert.True(permits.Count <= 1, "One shipment has two permits.");
            granted += permits.Count;
            foreach (var permit in permits)
                Assert.True(
                    await Place<PermitGranted>(host, permit.Uid) < await Place<AmendmentPublished>(host, proposed.Name),
                    $"Try {number}: the permit was granted after the amendment's commit.");
            await goods.Stands("HELD");
            Assert.Equal("DISPATCH_REFUSED", (await Refused.By(() => goods.Authorize())).Reason);
        }

        Assert.Equal(0, await host.Count("permits", "state = 'GRANTED'"));
        Assert.Equal(granted, (await host.Sent<PermitRevoked>()).Count);
        TestContext.Current.TestOutputHelper?.WriteLine($"{Tries} tries: {granted} granted and revoked, {Tries - granted} refused");
    }

    /// <summary>Askers before, beside and after the publication, each a little later than the one before.</summary>
    private static async Task<IReadOnlyList<Permit>> Race(Staff staff, Goods goods, Amendment proposed, int lead)
    {
        using var start = new ManualResetEventSlim();
        Task<T> At<T>(int step, Func<Task<T>> call) => Task.Factory.StartNew(
            () =>
            {
                start.Wait();
                Thread.SpinWait(step * SpinsAStep);
                return call();
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default).Unwrap();

        var published = At(lead, () => staff.Publish(proposed));
        var asked = Enumerable.Range(0, AskersATry).Select(asker => At(2 * asker, () => Ask(goods))).ToList();
        start.Set();
        await published;
        return [.. (await Task.WhenAll(asked)).OfType<Permit>()];
    }

    private static async Task<Permit?> Ask(Goods goods)
    {
        try
        {
            return await goods.Authorize();
        }
        catch (RpcException error) when (error.StatusCode == StatusCode.FailedPrecondition)
        {
            return null;
        }
    }

    /// <summary>Where the transaction that sent an event stands in the order of commits.</summary>
    private static Task<long> Place<TEvent>(ComplianceHost host, string about) => host.Db.Read(tx => tx.Scalar<long>(
        "select seq from outbox where type = @type and body like @about",
        new { type = Contracts.EventTypes.NameOf(typeof(TEvent)), about = $"%{about}%" }));
}
