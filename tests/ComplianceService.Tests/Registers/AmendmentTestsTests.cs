using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using OrderTracking.Compliance.V1;
using OrderTracking.ComplianceService.Tests.Screening;
using OrderTracking.ComplianceService.Tests.Service;
using OrderTracking.Types.V1;
using Xunit;

namespace OrderTracking.ComplianceService.Tests.Registers;

/// <summary>The tests an amendment carries: nothing is reviewed or published that they do not hold.</summary>
public sealed class AmendmentTestsTests(RegistersHost host) : IClassFixture<RegistersHost>
{
    private const string ByPlaceAndItem = """
        status: IN_FORCE
        effective: { from: 2027-02-01 }
        scope: { exporter: BRANCHES }
        item: { tpp: { at_least: 100 TPP } }
        policy:
          - when: { destination: SE }
            then: PROHIBITED
          - when: { tpp: { at_least: 5000 TPP } }
            then: POL_ACS
          - otherwise: CASE_BY_CASE
        citation: a citation
        source: a source
        certainty: confirmed
        sentence: A sentence.
        """;

    [Fact]
    public async Task Without_tests_nothing_is_reviewed_or_published()
    {
        var proposed = await Propose("T-BARE", Pack.InForce("always", "SE"), []);

        Assert.Empty(proposed.TestsDigest);
        await Asked.Refused(StatusCode.FailedPrecondition, "AMENDMENT_TESTS_MISSING", () => Review(proposed));
        await Asked.Refused(StatusCode.FailedPrecondition, "AMENDMENT_TESTS_MISSING", () => Publish(proposed));
    }

    [Fact]
    public async Task Every_test_that_fails_is_named_with_what_was_expected_and_what_came_out()
    {
        var hit = Facts("NO");
        var proposed = await Propose("T-FAILS", Pack.InForce("{ from: 2027-02-01 }", "NO", "PRESUMPTION_OF_DENIAL"), [
            TestCases.Fires(hit, "PRESUMPTION_OF_DENIAL", "right"),
            TestCases.Fires(hit, "CASE_BY_CASE", "wrong policy"),
            TestCases.Silent(hit, "wrong silence"),
            new AmendmentTest(TestCases.Fires(hit, "PRESUMPTION_OF_DENIAL", "wrong outcome")) { Outcome = Outcome.Held },
            TestCases.Silent(Facts("US"), "right silence")]);

        Assert.Equal([true, false, false, false, true], proposed.TestResults.Select(result => result.Passed));
        Assert.All(proposed.TestResults, result => Assert.Equal("CLEARED; does not fire", result.Without));
        Assert.Equal("BLOCKED; fires LICENCE_REQUIRED PRESUMPTION_OF_DENIAL", proposed.TestResults[0].Got);
        var refused = await Refused.By(() => Publish(proposed));
        Assert.Equal(("AMENDMENT_TEST_FAILED", StatusCode.FailedPrecondition), (refused.Reason, refused.Code));
        Assert.Equal(
            [
                "wrong policy: Expected HELD; fires LICENCE_REQUIRED CASE_BY_CASE. Got BLOCKED; fires LICENCE_REQUIRED PRESUMPTION_OF_DENIAL.",
                "wrong silence: Expected CLEARED; does not fire. Got BLOCKED; fires LICENCE_REQUIRED PRESUMPTION_OF_DENIAL.",
                "wrong outcome: Expected HELD; fires LICENCE_REQUIRED PRESUMPTION_OF_DENIAL. "
                    + "Got BLOCKED; fires LICENCE_REQUIRED PRESUMPTION_OF_DENIAL.",
            ],
            refused.Violations.Select(violation => $"{violation.Subject}: {violation.Description}"));
        Assert.Equal("AMENDMENT_TEST_FAILED", (await Refused.By(() => Review(proposed))).Reason);
        Assert.Empty((await host.Checks().CheckShipmentAsync(Asked.Check("L2", "NO", "2027-03-01"))).Findings);
    }

    [Fact]
    public async Task Every_step_of_the_policy_must_be_reached_and_silence_be_shown()
    {
        AmendmentTest[] tests = [
            TestCases.Fires(Item("SE", 200), "PROHIBITED", "1"),
            TestCases.Fires(Item("JP", 200), "CASE_BY_CASE", "3"),
            TestCases.Fires(Item("MO", 6000), "PRESUMPTION_OF_DENIAL", "2.1"),
            TestCases.Silent(Item("JP", 50), "silent")];
        var proposed = await Propose("T-BRANCHES", ByPlaceAndItem, tests[..2]);
        Assert.Equal(["1", "3"], proposed.TestResults.Select(result => result.Branch));

        var refused = await Refused.By(() => Publish(proposed));
        Assert.Equal("AMENDMENT_BRANCH_UNTESTED", refused.Reason);
        Assert.Equal(proposed.UntestedBranches, refused.Violations.Select(violation => violation.Description));
        Assert.Collection(
            proposed.UntestedBranches,
            branch => Assert.StartsWith("no test reaches step 2.1 of the policy: PRESUMPTION_OF_DENIAL when (", branch, StringComparison.Ordinal),
            branch => Assert.StartsWith("no test reaches step 2.2 of the policy: PRESUMPTION_OF_APPROVAL", branch, StringComparison.Ordinal),
            branch => Assert.StartsWith("no test reaches step 2.3 of the policy: CASE_BY_CASE", branch, StringComparison.Ordinal),
            branch => Assert.Equal("no test shows a shipment in its window on which the rule does not fire", branch));
    }

    [Theory]
    [InlineData("SUSPENDED")]
    [InlineData("NOT_ENFORCED")]
    [InlineData("REPEALED")]
    public async Task What_ends_a_rule_must_show_a_ship_date_of_its_window_on_which_it_does_not_fire(string status)
    {
        var rule = $"T-{status.Replace('_', '-')}";
        var inForce = Pack.InForce("always", "FI");
        await host.Publish(rule, inForce);
        var definition = Pack.NotInForce(status, "{ from: 2027-03-01, to: 2027-04-01 }");
        var before = await Propose(rule, definition, [TestCases.Fires(Facts("FI", "2027-02-28"), "CASE_BY_CASE", "the day before")]);
        Assert.Equal("AMENDMENT_BRANCH_UNTESTED", (await Refused.By(() => Publish(before))).Reason);

        var within = await Propose(rule, definition, [TestCases.Silent(Facts("FI", "2027-03-31"), "its last day")]);
        Assert.Equal("HELD; fires LICENCE_REQUIRED CASE_BY_CASE", within.TestResults[0].Without);
        Assert.Equal("CLEARED; does not fire", (await Publish(within)).TestResults[0].Got);
        await host.Publish(rule, Pack.NotInForce("REPEALED", "{ from: 2026-01-01 }"));
    }

    [Fact]
    public async Task A_test_may_ask_as_known_before_the_amendment_and_what_is_undetermined_names_the_facts()
    {
        var definition = ByPlaceAndItem.Replace("BRANCHES", "UNKNOWNS", StringComparison.Ordinal)
            .Replace("POL_ACS", "UNSTATED", StringComparison.Ordinal);
        var yesterday = Timestamp.FromDateTimeOffset(host.Now.AddDays(-1));
        var unknown = Item("JP", null, "UNKNOWNS");
        AmendmentTest Undetermined(string name, params string[] missing) => new()
        {
            Name = name,
            Facts = unknown,
            Outcome = Outcome.Held,
            Fires = new AmendmentTest.Types.Fires { Effect = Effect.Undetermined, MissingFacts = { missing } },
        };
        var proposed = await Propose("T-UNKNOWNS", definition, [
            TestCases.Fires(Item("SE", 200, "UNKNOWNS"), "PROHIBITED", "1"),
            TestCases.Fires(Item("JP", 6000, "UNKNOWNS"), "UNSTATED", "2"),
            TestCases.Fires(Item("JP", 200, "UNKNOWNS"), "CASE_BY_CASE", "3"),
            TestCases.Silent(Item("JP", 50, "UNKNOWNS"), "silent"),
            new AmendmentTest(TestCases.Silent(Item("SE", 200, "UNKNOWNS"), "before")) { KnownAt = yesterday },
            Undetermined("undetermined", "tpp")]);
        var lax = await Propose("T-UNKNOWNS", definition, [Undetermined("names nothing")]);

        Assert.All(proposed.TestResults, result => Assert.True(result.Passed, $"{result.Test}: {result.Got}"));
        Assert.Equal("HELD; fires UNDETERMINED missing tpp", Assert.Single(lax.TestResults).Got);
        Assert.False(lax.TestResults[0].Passed);
        Assert.Equal(Amendment.Types.State.Published, (await Publish(proposed)).State);
    }

    [Fact]
    public async Task Everything_wrong_with_tests_is_named_at_once_and_a_test_without_a_ship_date_is_refused()
    {
        var dateless = TestCases.Silent(new ShipmentFacts(Facts("SE")) { ShipDate = null }, "dateless");
        var empty = new AmendmentTest { Facts = Facts("SE") };
        var review = TestCases.Fires(Facts("SE"), "PROHIBITED", "dateless");
        review.Fires = new AmendmentTest.Types.Fires
        {
            Effect = Effect.Review,
            ReviewPolicy = ReviewPolicy.Unstated,
            MissingFacts = { "colour" },
        };
        var twice = TestCases.Silent(Facts("US"), "a");
        var error = await Assert.ThrowsAsync<RpcException>(
            () => Propose("T-INVALID", Pack.InForce("always", "SE"), [dateless, empty, review, twice, twice]));

        Assert.Equal(
            [
                "tests[0].facts.ship_date:SHIP_DATE_MISSING", "tests[1].name:TEXT_MISSING", "tests[1].outcome:AMENDMENT_TEST_INVALID",
                "tests[1].fires:AMENDMENT_TEST_INVALID", "tests[2].fires.effect:AMENDMENT_TEST_INVALID",
                "tests[2].fires.review_policy:AMENDMENT_TEST_INVALID", "tests[2].fires.missing_facts:AMENDMENT_TEST_INVALID",
                "tests[4].name:LIST_HAS_DUPLICATES",
            ],
            Asked.Fields(error));
        var many = Enumerable.Range(0, 101).Select(number => TestCases.Silent(Facts("US"), $"test {number}")).ToList();
        await Asked.Refused(StatusCode.InvalidArgument, "LIST_SIZE_INVALID", () => Propose("T-INVALID", Pack.InForce("always", "SE"), many));
    }

    [Theory]
    [InlineData("citation: a citation\n", "citation")]
    [InlineData("source: a source\n", "source")]
    public async Task Without_citation_or_source_nothing_is_proposed(string line, string key)
    {
        var definition = Pack.InForce("always", "SE").ReplaceLineEndings("\n").Replace(line, "", StringComparison.Ordinal);
        var error = await Asked.Refused(
            StatusCode.InvalidArgument, "DEFINITION_INVALID", () => Propose("T-UNCITED", definition, TestCases.For(Pack.InForce("always", "SE"))));

        Assert.Contains(key, error.Status.Detail, StringComparison.Ordinal);
    }

    private static ShipmentFacts Facts(string destination, string day = "2027-03-01") => TestCases.Facts(destination, Pack.Day(day));

    private static ShipmentFacts Item(string destination, double? tpp, string exporter = "BRANCHES")
    {
        var facts = TestCases.Facts(destination, Pack.Day("2027-03-01"), exporter);
        facts.Item = new Item { PartNumber = "B-1", Facts = new ItemFacts { PerformanceDensity = 0.1, DesignedForDataCenter = false } };
        if (tpp is { } known)
            facts.Item.Facts.Tpp = known;
        return facts;
    }

    private async Task<Amendment> Propose(string rule, string definition, IReadOnlyList<AmendmentTest> tests) =>
        await host.Rules(RulesOfTests.Author, "counsel").ProposeAmendmentAsync(new ProposeAmendmentRequest
        {
            Rule = $"rules/{rule}",
            Title = "A rule of the tests",
            Definition = definition,
            Tests = { tests },
        });

    private async Task<Amendment> Review(Amendment proposed) => await host.Rules("rita", "analyst").ReviewAmendmentAsync(
        new ReviewAmendmentRequest { Name = proposed.Name, Note = "Read against the text." });

    private async Task<Amendment> Publish(Amendment proposed) =>
        await host.Rules(RulesOfTests.Publisher).PublishAmendmentAsync(new PublishAmendmentRequest { Name = proposed.Name });
}
