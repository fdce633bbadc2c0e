using Google.LongRunning;
using Grpc.Core;
using OrderTracking.Compliance.V1;
using OrderTracking.ComplianceService.Tests.Service;
using Xunit;
using Dimension = OrderTracking.Compliance.V1.Breakdown.Types.Dimension;
using Direction = OrderTracking.Compliance.V1.ImpactRow.Types.Direction;

namespace OrderTracking.ComplianceService.Tests.Impact;

public sealed class SimulateAmendmentTests : IAsyncLifetime
{
    private const string Rule = "TEST-FRANCE";
    private ComplianceHost _host = null!;
    private ImpactDesk _desk = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await ComplianceHost.Start("2027-02-01T12:00:00Z");
        _desk = new ImpactDesk(_host);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_draft_is_told_by_what_it_frees_and_what_it_stops()
    {
        await new Staff(_host).Forbid(Rule, "FR");
        var (france, germany, italy) = (await Plan("FR", "HELD"), await Plan("DE", "READY"), await Plan("IT", "READY"));
        var operation = await _desk.Start(ImpactDesk.Draft(Rule, ImpactDesk.Forbids("DE")));
        var found = await _desk.Simulated(operation);
        Assert.Equal((3, 1, 1, 0), (found.Shipments, found.Tightened.Shipments, found.Loosened.Shipments, found.ReasonsChanged));
        Assert.Equal((100, 1_200_000), (found.Tightened.Units, Assert.Single(found.Tightened.Value).Units));
        Assert.NotEqual(found.RulesDigest, found.RulesDigestWithDraft);
        Assert.Equal(64, found.Draft.Digest.Length);

        var stopped = Assert.Single(await _desk.Rows(operation, Direction.Tightened));
        Assert.Equal((germany.Name, Outcome.Cleared, Outcome.Held), (stopped.Shipment, stopped.OutcomeBefore, stopped.OutcomeAfter));
        Assert.Equal(("", Rule), (string.Join(',', stopped.RulesBefore), string.Join(',', stopped.RulesAfter)));
        Assert.Equal(("Aurora Systems", "DE", "L2", "DE", "READY"), (
            stopped.Customer, stopped.CustomerCountry, stopped.PartNumber, stopped.DestinationCountry, stopped.Standing));
        Assert.Equal((100, 1_200_000, new DateOnly(2027, 3, 1)), (
            stopped.Units, stopped.Value.Units, new DateOnly(stopped.ShipDate.Year, stopped.ShipDate.Month, stopped.ShipDate.Day)));
        var freed = Assert.Single(await _desk.Rows(operation, Direction.Loosened));
        Assert.Equal((france.Name, Outcome.Held, Outcome.Cleared, "HELD"), (freed.Shipment, freed.OutcomeBefore, freed.OutcomeAfter, freed.Standing));
        Assert.DoesNotContain(await _desk.Rows(operation), row => row.Shipment == italy.Name);
        var group = Assert.Single(found.Breakdowns, one => one is { Direction: Direction.Tightened, Dimension: Dimension.Customer });
        Assert.Equal("Aurora Systems (DE)", Assert.Single(group.Groups).Key);
        Assert.Equal(10, found.Breakdowns.Count);
    }

    [Fact]
    public async Task A_simulation_leaves_nothing_behind_but_itself()
    {
        await new Staff(_host).Forbid(Rule, "FR");
        await Plan("FR", "HELD");
        await Plan("DE", "READY");
        await _host.Quiet();

        // Each token signs in once, and that is recorded.
        await _desk.Operations.ListOperationsAsync(new ListOperationsRequest());
        await Asked(new SimulateAmendmentRequest());
        var before = await Counts();
        var operation = await _desk.Start(ImpactDesk.Draft(Rule, ImpactDesk.Forbids("DE")));
        await _desk.Simulated(operation);
        await _host.Quiet();
        Assert.Equal(before, await Counts());
        Assert.Equal(2, await _host.Count("impact_rows"));
        await _desk.Operations.DeleteOperationAsync(new DeleteOperationRequest { Name = operation.Name });
        Assert.Equal(0, await _host.Count("impact_rows"));
    }

    [Fact]
    public async Task A_proposed_amendment_is_simulated_by_its_name_until_it_is_decided_on()
    {
        await Plan("DE", "READY");
        var staff = new Staff(_host);
        var proposed = await staff.Propose(Rule, "destination: [DE]", TestCases.Facts("DE", new DateOnly(2027, 3, 1)));
        var request = new SimulateAmendmentRequest { Amendment = proposed.Name, RequestId = Guid.CreateVersion7().ToString("D") };
        var operation = await _desk.Ana.SimulateAmendmentAsync(request);
        var found = await _desk.Simulated(operation);
        Assert.Equal((1, proposed.Name, proposed.Digest), (found.Tightened.Shipments, found.Draft.Amendment, found.Draft.Digest));
        await staff.Publish(proposed);
        Assert.Equal(operation.Name, (await _desk.Ana.SimulateAmendmentAsync(request)).Name);
        Assert.Equal("AMENDMENT_ALREADY_DECIDED", (await Asked(new SimulateAmendmentRequest { Amendment = proposed.Name })).Reason);
    }

    [Fact]
    public async Task Ship_dates_outside_the_drafts_window_flip_nothing()
    {
        await Plan("DE", "READY");
        var later = await _desk.Simulated(await _desk.Start(ImpactDesk.Draft(Rule, ImpactDesk.Forbids("DE", "{ from: 2027-03-02 }"))));
        Assert.Equal((1, 0, 0), (later.Shipments, later.Tightened.Shipments, later.Loosened.Shipments));
        var from = await _desk.Simulated(await _desk.Start(ImpactDesk.Draft(Rule, ImpactDesk.Forbids("DE", "{ from: 2027-03-01 }"))));
        Assert.Equal(1, from.Tightened.Shipments);
    }

    [Fact]
    public async Task Another_text_to_the_same_effect_changes_reasons_and_no_outcome()
    {
        await new Staff(_host).Forbid(Rule, "FR");
        await Plan("FR", "HELD");
        var found = await _desk.Simulated(await _desk.Start(ImpactDesk.Draft(Rule, ImpactDesk.Forbids("FR", sentence: "Said better."))));
        Assert.Equal((1, 0, 0), (found.ReasonsChanged, found.Tightened.Shipments, found.Loosened.Shipments));
    }

    [Fact]
    public async Task What_has_departed_is_not_looked_at()
    {
        var gone = await Plan("DE", "READY");
        await gone.Authorize();
        await gone.Depart("2027-02-01");
        await ComplianceHost.Eventually(
            async () => await _host.Count("shipments", "phase = 'DEPARTED'") == 1 ? "gone" : null, "the goods depart");
        Assert.Equal(0, (await _desk.Simulated(await _desk.Start(ImpactDesk.Draft(Rule, ImpactDesk.Forbids("DE"))))).Shipments);
    }

    [Fact]
    public async Task What_cannot_be_simulated_is_refused_with_all_that_is_wrong()
    {
        Assert.Equal((StatusCode.InvalidArgument, "DRAFT_MISSING"), Short(await Asked(new SimulateAmendmentRequest())));
        Assert.Equal((StatusCode.InvalidArgument, "NAME_INVALID"), Short(await Asked(new SimulateAmendmentRequest { Amendment = "rules/x" })));
        Assert.Equal((StatusCode.NotFound, "AMENDMENT_UNKNOWN"), Short(await Asked(new SimulateAmendmentRequest { Amendment = "rules/NO-RULE/amendments/1" })));
        var wrong = await Asked(new SimulateAmendmentRequest { Inline = new AmendmentDraft { Rule = "x", Definition = "status: MAYBE" } });
        Assert.Equal("SEVERAL_FIELDS_INVALID", wrong.Reason);
        Assert.Equal("inline.rule,inline.title,inline.definition", wrong.Metadata["fields"]);
        Assert.Equal("REQUEST_ID_NOT_UUID", (await Asked(new SimulateAmendmentRequest { RequestId = "1" })).Reason);
        var client = _host.As<ImpactService.ImpactServiceClient>("otto", "operator");
        Assert.Equal("ROLE_NOT_ALLOWED", (await Refused.By(async () => await client.SimulateAmendmentAsync(new SimulateAmendmentRequest()))).Reason);
        Assert.Equal(0, await _host.Count("jobs"));
    }

    [Fact]
    public async Task A_rehearsal_starts_nothing()
    {
        var request = new SimulateAmendmentRequest { Inline = ImpactDesk.Draft(Rule, ImpactDesk.Forbids("DE")), ValidateOnly = true };
        Assert.NotEmpty((await _desk.Ana.SimulateAmendmentAsync(request)).Name);
        Assert.Equal(0, await _host.Count("jobs"));
    }

    private async Task<Goods> Plan(string destination, string standing)
    {
        var goods = await Goods.Plan(_host, ImpactDesk.NoRule, "2027-03-01", destination);
        await goods.Stands(standing);
        return goods;
    }

    private Task<Refused> Asked(SimulateAmendmentRequest request) => Refused.By(async () => await _desk.Ana.SimulateAmendmentAsync(request));

    private static (StatusCode Code, string Reason) Short(Refused refused) => (refused.Code, refused.Reason);

    private async Task<IReadOnlyList<string>> Counts()
    {
        var tables = await _host.Db.Read(tx => tx.Query<string>(
            "select name from sqlite_master where type = 'table' and name not in ('jobs', 'impact_rows', 'sqlite_sequence') order by name"));
        var counts = new List<string>();
        foreach (var table in tables)
            counts.Add($"{table} {await _host.Count(table)}");
        return counts;
    }
}
