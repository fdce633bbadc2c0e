using System.Globalization;
using Google.LongRunning;
using Google.Rpc;
using Grpc.Core;
using OrderTracking.Compliance.V1;
using OrderTracking.ComplianceService.Tests.Service;
using Xunit;
using Direction = OrderTracking.Compliance.V1.ImpactRow.Types.Direction;

namespace OrderTracking.ComplianceService.Tests.Impact;

/// <summary>Simulations that take a while. ORDERTRACKING_SHIPMENTS says over how many; the bar is for 100,000.</summary>
public sealed class ManyShipmentsTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int ShipmentsDefault = 20_000;
    private const string Rule = "TEST-GERMANY";
    private static readonly TimeSpan Bar = TimeSpan.FromSeconds(60);

    private static readonly int Shipments = int.Parse(
        Environment.GetEnvironmentVariable("ORDERTRACKING_SHIPMENTS") ?? $"{ShipmentsDefault}", CultureInfo.InvariantCulture);

    private ComplianceHost _host = null!;
    private ImpactDesk _desk = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await ComplianceHost.Start("2027-02-01T12:00:00Z");
        _desk = new ImpactDesk(_host);
        await _desk.Fill(Shipments);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task All_open_shipments_are_simulated_within_the_bar()
    {
        var start = TimeProvider.System.GetTimestamp();
        var operation = await Start();
        var answered = TimeProvider.System.GetElapsedTime(start);
        var found = await _desk.Simulated(operation);
        var took = TimeProvider.System.GetElapsedTime(start);
        output.WriteLine($"{Shipments} shipments simulated in {took.TotalSeconds:0.0} s; the call returned in {answered.TotalMilliseconds:0} ms");
        Assert.True(answered < TimeSpan.FromSeconds(1) && took < Bar, $"{answered} {took}");
        Expect(found);
        var orders = Assert.Single(found.Breakdowns, one => one is { Direction: Direction.Tightened, Dimension: Breakdown.Types.Dimension.Order });
        Assert.Equal((20, Shipments / 10, (Shipments / 10) - 20), (orders.Groups.Count, orders.GroupCount, orders.Other.Total.Shipments));
    }

    [Fact]
    public async Task A_simulation_cancelled_in_the_middle_keeps_what_it_had_and_says_that_it_is_not_all()
    {
        var operation = await Start();
        await _desk.Begun(operation);
        await _desk.Operations.CancelOperationAsync(new CancelOperationRequest { Name = operation.Name });
        var ended = await _desk.End(operation);
        Assert.Equal((int)StatusCode.Cancelled, ended.Error.Code);
        var listed = await _desk.Ana.ListImpactRowsAsync(new ListImpactRowsRequest { Operation = operation.Name, PageSize = 1_000 });
        Assert.False(listed.Complete);
        Assert.InRange(await _host.Count("impact_rows"), 1, (Shipments / 10) - 1);
        var error = await Assert.ThrowsAsync<RpcException>(() => _desk.Rows(operation));
        Assert.Equal("SIMULATION_INCOMPLETE", error.GetRpcStatus()!.GetDetail<ErrorInfo>()!.Reason);
    }

    [Fact]
    public async Task A_simulation_goes_on_after_a_restart_and_misses_and_repeats_nothing()
    {
        var operation = await Start();
        await _desk.Begun(operation);
        _host = await _host.Restart();
        Assert.NotEqual(0, await _host.Count("jobs", "finished = 0"));

        // What is published meanwhile is not part of the question: both sides are decided as of the beginning.
        _desk = new ImpactDesk(_host);
        await new Staff(_host).Forbid("TEST-ITALY", "IT");
        Expect(await _desk.Simulated(operation));
        Assert.Equal(Shipments / 10, await _host.Db.Read(tx => tx.Scalar<long>("select count(distinct shipment) from impact_rows")));
    }

    [Fact]
    public async Task Rows_are_read_on_behind_any_row_while_they_are_found()
    {
        var operation = await Start();
        var rows = await _desk.Rows(operation);
        Assert.Equal(Enumerable.Range(1, Shipments / 10).Select(row => (long)row), rows.Select(row => row.Row));
        Assert.Equal(rows.Skip(7), await _desk.Rows(operation, Direction.Tightened, after: 7));
        Assert.Empty(await _desk.Rows(operation, Direction.Loosened));
    }

    private Task<Operation> Start() => _desk.Start(ImpactDesk.Draft(Rule, ImpactDesk.Forbids("DE")));

    private static void Expect(SimulateAmendmentResponse found)
    {
        Assert.Equal((Shipments, Shipments / 10, 0), (found.Shipments, found.Tightened.Shipments, found.Loosened.Shipments));
        Assert.Equal((Shipments, Shipments / 10 * 120_000L), (found.Tightened.Units, Assert.Single(found.Tightened.Value).Units));
    }
}
