using System.Diagnostics;
using System.Globalization;
using Grpc.Core;
using OrderTracking.Compliance.V1;
using OrderTracking.ComplianceService.Tests.Service;
using OrderTracking.Contracts.Compliance;
using Xunit;

namespace OrderTracking.ComplianceService.Tests.Replicas;

/// <summary>Permits asked for at two processes on one database.</summary>
public sealed class ReplicaPermitTests(ITestOutputHelper output)
{
    /// <summary>How many shipments of one unit; six in ten are covered.</summary>
    private const string DrawsVariable = "ORDERTRACKING_REPLICA_DRAWS";

    /// <summary>How many amendments are published against askers.</summary>
    private const string RacesVariable = "ORDERTRACKING_REPLICA_RACES";

    private const int DrawsDefault = 200;
    private const int RacesDefault = 40;
    private const string Letter = "US-2025-04-NVIDIA-LETTER";

    [Fact]
    public async Task Through_two_processes_exactly_as_many_units_leave_as_the_licence_has()
    {
        var count = Setting(DrawsVariable, DrawsDefault);
        var units = count * 6 / 10;
        await using var a = await ComplianceHost.Start("2025-05-20T20:00:00Z");
        await using var b = await a.Beside();
        var staff = new[] { new Staff(a), new Staff(b) };
        var licence = await staff[0].Register(Letter, quantity: units);
        var goods = await Task.WhenAll(Enumerable.Range(0, count).Select(_ => Goods.Plan(a, "H20", "2025-05-20", quantity: 1)));
        await ComplianceHost.Eventually(async () => await a.Count("holds", "state = 'OPEN'") == count ? "all" : null, "all are held");
        var holds = (await Holds(a)).ToDictionary(hold => hold.Shipment);
        var proposals = await Task.WhenAll(goods.Select((one, i) => staff[i % 2].Olga.ProposeReleaseAsync(
            Staff.Proposal(holds[one.Name], "LICENCE", licence.Name)).ResponseAsync));

        // Approved at one process, asked for at the other.
        var watch = Stopwatch.GetTimestamp();
        var left = await Task.WhenAll(goods.Select(async (one, i) =>
        {
            var approved = await Granted(async () => await staff[i % 2].Omar.ApproveReleaseAsync(new ApproveReleaseRequest { Name = proposals[i].Name }));
            var granted = await Granted(() => one.At(i % 2 == 0 ? b : a).Authorize());
            Assert.Equal(approved, granted);
            return granted;
        }));
        output.WriteLine($"{2 * count} calls at two processes in {Stopwatch.GetElapsedTime(watch).TotalSeconds:F1} s");

        Assert.Equal(units, left.Count(one => one));
        var line = await staff[1].Balance(licence);
        Assert.Equal((0, units), (line.ReservedQuantity, line.DrawnQuantity));
        Assert.Equal(units, await b.Count("permits", "state = 'GRANTED'"));
        Assert.Equal(units, await b.Count("licence_movements", "kind = 'DRAWN'"));
    }

    [Fact]
    public async Task One_request_asked_at_two_processes_is_one_permit_and_two_requests_are_one_permit_and_a_refusal()
    {
        await using var a = await ComplianceHost.Start("2025-03-10T20:00:00Z");
        await using var b = await a.Beside();
        for (var i = 0; i < 20; i++)
        {
            var same = await Goods.Plan(a, "L2", "2025-03-10", "JP");
            var other = await Goods.Plan(a, "L2", "2025-03-10", "JP");
            await same.Stands("READY");
            await other.Stands("READY");
            var request = Guid.CreateVersion7();
            var permits = await Task.WhenAll(same.Authorize(request), same.At(b).Authorize(request));
            Assert.Equal(permits[0], permits[1]);
            var two = await Task.WhenAll(Granted(() => other.Authorize()), Granted(() => other.At(b).Authorize()));
            Assert.Single(two, granted => granted);
        }

        Assert.Equal(40, await a.Count("permits", "state = 'GRANTED'"));
    }

    [Fact]
    public async Task No_permit_of_one_process_follows_the_commit_of_an_amendment_at_another()
    {
        await using var a = await ComplianceHost.Start("2025-03-10T20:00:00Z");
        await using var b = await a.Beside();
        var staff = new Staff(a);
        var granted = 0;
        var tries = Setting(RacesVariable, RacesDefault);
        for (var number = 0; number < tries; number++)
        {
            var exporter = $"RACER-{number}";
            var goods = await Goods.Plan(a, "L2", "2025-03-10", "JP", exporter);
            await goods.Stands("READY");
            var proposed = await staff.Propose(
                $"TEST-RACE-{number}", $"exporter: {exporter}", TestCases.Facts("JP", Goods.Day("2025-03-10"), exporter));
            var asked = Task.Run(async () =>
            {
                await Task.Delay(TimeSpan.FromMilliseconds(number % 12));
                return await Permit(() => goods.At(b).Authorize());
            });
            await staff.Publish(proposed);
            // Published: nothing asked from now on is granted, at whichever process.
            var late = await Task.WhenAll(Permit(() => goods.At(b).Authorize()), Permit(() => goods.Authorize()));
            Assert.All(late, Assert.Null);
            if (await asked is not { } permit)
                continue;
            granted++;
            Assert.True(await Place<PermitGranted>(a, permit.Uid) < await Place<AmendmentPublished>(a, proposed.Name), $"try {number}");
        }

        // Whoever was granted before is looked at again and taken back.
        await ComplianceHost.Eventually(async () => await a.Count("permits", "state = 'GRANTED'") == 0 ? "none" : null, "every permit is revoked");
        output.WriteLine($"{tries} publications at one process: {granted} permits of the other came before and were revoked");
    }

    [Fact]
    public async Task What_is_published_where_the_clock_is_behind_is_recorded_after_what_was_decided_where_it_is_ahead()
    {
        await using var a = await ComplianceHost.Start("2025-03-10T20:00:00Z");
        await using var b = await a.Beside(new MovableTime(ComplianceHost.At("2025-03-10T20:00:05Z")));
        var goods = await Goods.Plan(a, "L2", "2025-03-10", "FR");
        await goods.Stands("READY");
        var permit = await goods.At(b).Authorize();
        var staff = new Staff(a);
        var published = await staff.Forbid("TEST-BEHIND", "FR");

        var decided = await b.Db.Read(tx => tx.Scalar<string>("select max(created_at) from decisions where occasion = 'DISPATCH'"));
        var recorded = await b.Db.Read(tx => tx.Scalar<string>("select max(recorded_at) from recorded_changes"));
        Assert.True(string.CompareOrdinal(recorded, decided) > 0, $"recorded {recorded}, decided {decided}: {permit.Name} {published.Name}");
    }

    private static int Setting(string variable, int usual) =>
        int.Parse(Environment.GetEnvironmentVariable(variable) ?? $"{usual}", CultureInfo.InvariantCulture);

    private static async Task<IReadOnlyList<Hold>> Holds(ComplianceHost host)
    {
        var desk = host.As<HoldService.HoldServiceClient>("ana", "analyst");
        var holds = new List<Hold>();
        var request = new ListHoldsRequest { PageSize = 1_000 };
        do
        {
            var page = await desk.ListHoldsAsync(request);
            holds.AddRange(page.Holds);
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);
        return holds;
    }

    private static async Task<bool> Granted<T>(Func<Task<T>> call)
        where T : class => await Permit(call) is not null;

    private static async Task<T?> Permit<T>(Func<Task<T>> call)
        where T : class
    {
        try
        {
            return await call();
        }
        catch (RpcException refused) when (refused.StatusCode is StatusCode.FailedPrecondition or StatusCode.AlreadyExists)
        {
            return null;
        }
    }

    /// <summary>Where the transaction that sent an event stands in the order of commits.</summary>
    private static Task<long> Place<TEvent>(ComplianceHost host, string about) => host.Db.Read(tx => tx.Scalar<long>(
        "select seq from outbox where type = @type and body like @about",
        new { type = Contracts.EventTypes.NameOf(typeof(TEvent)), about = $"%{about}%" }));
}
