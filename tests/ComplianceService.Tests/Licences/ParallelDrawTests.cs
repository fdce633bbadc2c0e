using System.Diagnostics;
using System.Globalization;
using OrderTracking.Compliance.V1;
using OrderTracking.ComplianceService.Tests.Service;
using Xunit;
using LicencesApi = OrderTracking.Compliance.V1.LicenceService;

namespace OrderTracking.ComplianceService.Tests.Licences;

/// <summary>Many shipments want the last units of one licence at the same time, over gRPC.</summary>
public sealed class ParallelDrawTests(ITestOutputHelper output)
{
    /// <summary>How many shipments of one unit; six in ten are covered.</summary>
    private const string CountVariable = "ORDERTRACKING_PARALLEL_DRAWS";

    private const int CountDefault = 1_000;
    private const string Letter = "US-2025-04-NVIDIA-LETTER";

    [Fact]
    public async Task Of_a_thousand_parallel_draws_exactly_as_many_units_leave_as_the_licence_has()
    {
        var count = int.Parse(Environment.GetEnvironmentVariable(CountVariable) ?? $"{CountDefault}", CultureInfo.InvariantCulture);
        var units = count * 6 / 10;
        await using var host = await ComplianceHost.Start("2025-05-20T20:00:00Z");
        var staff = new Staff(host);
        var licence = await staff.Register(Letter, quantity: units);
        var goods = await Task.WhenAll(Enumerable.Range(0, count).Select(_ => Goods.Plan(host, "H20", "2025-05-20", quantity: 1)));
        await ComplianceHost.Eventually(async () => await host.Count("holds", "state = 'OPEN'") == count ? "all" : null, "all are held");
        var holds = await Holds(host);
        var proposals = await Task.WhenAll(goods.Select(one => staff.Olga.ProposeReleaseAsync(
            Staff.Proposal(holds[one.Name], "LICENCE", licence.Name)).ResponseAsync));

        // Each approves and asks for its permit as fast as it can; whoever is refused has a permit refused as well.
        var watch = Stopwatch.GetTimestamp();
        var left = await Task.WhenAll(goods.Zip(proposals, (one, release) => Leaves(staff, one, release)));
        output.WriteLine($"{count} approvals and requests for a permit in {Stopwatch.GetElapsedTime(watch).TotalSeconds:F1} s");

        Assert.Equal(units, left.Count(one => one));
        var line = await staff.Balance(licence);
        Assert.Equal((0, units), (line.ReservedQuantity, line.DrawnQuantity));
        Assert.Equal(units, await host.Count("permits", "state = 'GRANTED'"));
        Assert.Equal(units, await host.Count("licence_movements", "kind = 'DRAWN'"));
        Assert.Equal(2 * units, await host.Count("licence_movements"));
    }

    [Fact]
    public async Task Draws_that_race_a_suspension_leave_nothing_with_a_permit_and_no_licence()
    {
        await using var host = await ComplianceHost.Start("2025-05-20T20:00:00Z");
        var staff = new Staff(host);
        var licence = await staff.Register(Letter, quantity: 60);
        var goods = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => Goods.Plan(host, "H20", "2025-05-20", quantity: 1)));
        await ComplianceHost.Eventually(async () => await host.Count("holds", "state = 'OPEN'") == 60 ? "all" : null, "all are held");
        var holds = await Holds(host);
        await Task.WhenAll(goods.Select(one => staff.Settle(holds[one.Name], "LICENCE", licence.Name)));
        var officer = host.As<LicencesApi.LicenceServiceClient>("olga", "officer");

        var permits = goods.Select(one => Granted(() => one.Authorize())).ToList();
        await officer.SuspendLicenceAsync(new SuspendLicenceRequest { Name = licence.Name, Reason = "stop" });
        await Task.WhenAll(permits);
        await ComplianceHost.Eventually(async () => await host.Count("shipments", "standing = 'HELD' and phase = 'OPEN'") == 60 ? "all" : null, "all are held again");

        Assert.Equal(0, await host.Count("permits", "state = 'GRANTED'"));
        var line = await staff.Balance(licence);
        Assert.Equal((0, 0), (line.ReservedQuantity, line.DrawnQuantity));
    }

    private static async Task<Dictionary<string, Hold>> Holds(ComplianceHost host)
    {
        var desk = host.As<HoldService.HoldServiceClient>("ana", "analyst");
        var holds = new Dictionary<string, Hold>(StringComparer.Ordinal);
        var request = new ListHoldsRequest { PageSize = 1_000 };
        do
        {
            var page = await desk.ListHoldsAsync(request);
            foreach (var hold in page.Holds)
                holds.Add(hold.Shipment, hold);
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);
        return holds;
    }

    private static async Task<bool> Leaves(Staff staff, Goods goods, Release release)
    {
        var approved = await Granted(async () => await staff.Omar.ApproveReleaseAsync(new ApproveReleaseRequest { Name = release.Name }));
        var granted = await Granted(() => goods.Authorize());
        Assert.Equal(approved, granted);
        return granted;
    }

    private static async Task<bool> Granted<T>(Func<Task<T>> call)
    {
        try
        {
            await call();
            return true;
        }
        catch (Grpc.Core.RpcException refused) when (refused.StatusCode == Grpc.Core.StatusCode.FailedPrecondition)
        {
            return false;
        }
    }
}
