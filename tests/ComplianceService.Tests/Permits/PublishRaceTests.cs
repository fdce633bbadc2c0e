using Grpc.Core;
using OrderTracking.Compliance.V1;
using OrderTracking.ComplianceService.Tests.Service;
using OrderTracking.Contracts.Compliance;
using Xunit;
using ComplianceApi = OrderTracking.Compliance.V1.ComplianceService;

namespace OrderTracking.ComplianceService.Tests.Permits;

/// <summary>The gap between check and dispatch: there is none.</summary>
public sealed class PublishRaceTests
{
    private const int Tries = 200;

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
            var proposed = await staff.Propose($"TEST-RACE-{number}", $"exporter: {exporter}");
            var (permit, amendment) = await Race(staff, goods, proposed, publishFirst: number % 2 == 0);
            if (permit is not null)
            {
                granted++;
                var decision = await host.As<ComplianceApi.ComplianceServiceClient>("audit", "auditor")
                    .GetDecisionAsync(new GetDecisionRequest { Name = permit.Decision });
                Assert.True(decision.KnownAt.ToDateTimeOffset() < amendment.RecordTime.ToDateTimeOffset());
            }

            await goods.Stands("HELD");
            Assert.Equal("DISPATCH_REFUSED", (await Refused.By(() => goods.Authorize())).Reason);
        }

        Assert.Equal(0, await host.Count("permits", "state = 'GRANTED'"));
        Assert.Equal(granted, (await host.Sent<PermitRevoked>()).Count);
        TestContext.Current.TestOutputHelper?.WriteLine($"{Tries} tries: {granted} granted and revoked, {Tries - granted} refused");
    }

    private static async Task<(Permit? Permit, Amendment Amendment)> Race(Staff staff, Goods goods, Amendment proposed, bool publishFirst)
    {
        Task<Permit?>? asked = publishFirst ? null : Ask(goods);
        var published = staff.Publish(proposed);
        asked ??= Ask(goods);
        return (await asked, await published);
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
}
