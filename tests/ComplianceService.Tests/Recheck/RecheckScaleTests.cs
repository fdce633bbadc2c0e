using System.Globalization;
using OrderTracking.Compliance.V1;
using OrderTracking.ComplianceService.Tests.Registers;
using OrderTracking.ComplianceService.Tests.Service;
using OrderTracking.Contracts.Compliance;
using Xunit;
using ComplianceApi = OrderTracking.Compliance.V1.ComplianceService;

namespace OrderTracking.ComplianceService.Tests.Recheck;

/// <summary>
/// An amendment is published over many open shipments. ORDERTRACKING_SHIPMENTS says how many: 100000 is what the product promises to
/// decide again within five minutes.
/// </summary>
public sealed class RecheckScaleTests
{
    private const int Hundredth = 100;
    private const string Ended = "version = 1 and ended_at is not null";
    private static readonly int Shipments = int.Parse(
        Environment.GetEnvironmentVariable("ORDERTRACKING_SHIPMENTS") is { Length: > 0 } given ? given : "2000", CultureInfo.InvariantCulture);

    private static readonly TimeSpan Within = TimeSpan.FromMinutes(5);
    // Milliseconds on a machine of its own; tests share theirs.
    private static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(20);

    [Theory]
    [InlineData(1)]
    [InlineData(Hundredth)]
    public async Task An_amendment_decides_every_open_shipment_again_and_callers_are_answered_meanwhile(int concernedInHundred)
    {
        await using var host = await ComplianceHost.Start("2025-03-01T12:00:00Z");
        await ManyShipments.Plan(
            host, Shipments, "L20", "2025-03-20", number => number % Hundredth < concernedInHundred ? "VN" : "JP");
        await host.Quiet();
        var concerned = Shipments / Hundredth * concernedInHundred;
        var decisions = await host.Count("decisions");

        await new Staff(host).Forbid("TEST-VIETNAM", "VN");
        var start = TimeProvider.System.GetTimestamp();
        TimeSpan? firstHold = null;
        var slowest = TimeSpan.Zero;
        while (await host.Count("recheck_runs", Ended) == 0)
        {
            firstHold ??= await host.Count("holds") > 0 ? TimeProvider.System.GetElapsedTime(start) : null;
            slowest = TimeSpan.FromTicks(Math.Max(slowest.Ticks, (await Ask(host)).Ticks));
            Assert.True(TimeProvider.System.GetElapsedTime(start) < Within, "Not within five minutes.");
            await Task.Delay(LookInterval, TestContext.Current.CancellationToken);
        }

        var whole = TimeProvider.System.GetElapsedTime(start);
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Shipments} shipments, {concerned} concerned: first hold seen after {firstHold ?? whole}, all after {whole}, "
            + $"slowest call {slowest}"));
        Assert.Equal(concerned, await host.Count("holds", "reason = 'TEST-VIETNAM' and state = 'OPEN'"));
        Assert.Equal(concerned, await host.Count("holds"));
        Assert.Equal(concerned, await host.Count("shipments", "standing = 'HELD'"));
        Assert.Equal(decisions + concerned, await host.Count("decisions"));
        Assert.Equal(concerned, (await host.Sent<HoldOpened>()).Count);
        Assert.True(slowest < AnswerMax, $"A caller waited {slowest}.");
    }

    [Fact]
    public async Task A_process_that_ends_in_the_middle_goes_on_where_it_stopped_and_raises_each_hold_once()
    {
        const int shipments = 3_000;
        var host = await ComplianceHost.Start("2025-03-01T12:00:00Z");
        await ManyShipments.Plan(host, shipments, "L20", "2025-03-20", _ => "VN");
        await host.Quiet();
        await new Staff(host).Forbid("TEST-VIETNAM", "VN");
        await ComplianceHost.Eventually(async () => await host.Count("holds") > 0 ? "some" : null, "the first holds");

        await using var again = await host.Restart();
        var left = await again.Count("shipments", "standing = 'READY'");
        await ComplianceHost.Eventually(async () => await again.Count("recheck_runs", Ended) == 1 ? "all" : null, "all decided", Within);
        TestContext.Current.TestOutputHelper?.WriteLine($"{left} of {shipments} were left when the process ended");
        Assert.InRange(left, 1, shipments - 1);
        Assert.Equal(shipments, await again.Count("holds"));
        Assert.Equal(shipments, await again.Db.Read(tx => tx.Scalar<long>("select count(distinct shipment) from holds")));
        Assert.Equal(2 * shipments, await again.Count("decisions"));
        Assert.Equal(shipments, (await again.Sent<HoldOpened>()).Count);
    }

    /// <summary>A what-if, and an act of staff that writes.</summary>
    private static async Task<TimeSpan> Ask(ComplianceHost host)
    {
        var start = TimeProvider.System.GetTimestamp();
        await host.As<ComplianceApi.ComplianceServiceClient>("erp", "caller").CheckShipmentAsync(Asked.Check("L2", "JP", "2025-03-20"));
        await host.As<RuleService.RuleServiceClient>("carl", "counsel").ProposeAmendmentAsync(new ProposeAmendmentRequest(
            RulesOfTests.Proposal("TEST-DRY", RulesOfTests.Restricting("SE", "2027-02-01"))) { ValidateOnly = true });
        return TimeProvider.System.GetElapsedTime(start);
    }
}
