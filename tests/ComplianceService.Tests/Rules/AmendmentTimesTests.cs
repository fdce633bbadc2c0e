using OrderTracking.ComplianceService.Rules;
using OrderTracking.ComplianceService.Screening;
using OrderTracking.ComplianceService.Tests.Screening;
using Xunit;

namespace OrderTracking.ComplianceService.Tests.Rules;

/// <summary>Which amendment governs a ship date as known at an instant, with a rule of its own over goods to Germany.</summary>
public sealed class AmendmentTimesTests
{
    private const string Rule = "TEST-RULE";

    [Fact]
    public void A_suspension_with_an_end_hands_back_by_itself()
    {
        var rules = With(
            (Pack.StartOf("2025-01-01"), Pack.InForce("always")),
            (Pack.StartOf("2025-02-01"), Pack.NotInForce("SUSPENDED", "{ from: 2025-03-01, to: 2025-04-01 }")));

        Assert.Equal("1", Governs(rules, "2025-02-28", Pack.Today));
        Assert.Equal("2", Governs(rules, "2025-03-01", Pack.Today));
        Assert.Equal("2", Governs(rules, "2025-03-31", Pack.Today));
        Assert.Equal("1", Governs(rules, "2025-04-01", Pack.Today));
        Assert.Equal("TEST-RULE:CASE_BY_CASE", Fired(rules, "2025-04-01", Pack.Today));
        Assert.Equal("", Fired(rules, "2025-03-31", Pack.Today));
    }

    [Fact]
    public void A_correction_recorded_later_counts_from_its_recording_on_for_past_ship_dates_too()
    {
        var rules = With(
            (Pack.StartOf("2025-01-01"), Pack.InForce("{ from: 2025-01-01 }")),
            (Pack.StartOf("2025-06-01"), Pack.InForce("{ from: 2025-01-01 }", policy: "PRESUMPTION_OF_DENIAL")));

        Assert.Equal("TEST-RULE:CASE_BY_CASE", Fired(rules, "2025-02-01", Pack.StartOf("2025-06-01").AddTicks(-1)));
        Assert.Equal("TEST-RULE:PRESUMPTION_OF_DENIAL", Fired(rules, "2025-02-01", Pack.StartOf("2025-06-01")));
    }

    [Fact]
    public void Of_two_recorded_at_one_instant_the_later_in_the_stack_governs()
    {
        var at = Pack.StartOf("2025-01-01");
        var rules = With((at, Pack.InForce("always")), (at, Pack.InForce("always", policy: "UNSTATED")));

        Assert.Equal("TEST-RULE:UNSTATED", Fired(rules, "2025-02-01", at));
    }

    [Fact]
    public void The_last_recorded_governs_whatever_its_place_in_the_stack()
    {
        var rules = With(
            (Pack.StartOf("2025-03-01"), Pack.InForce("{ from: 2025-01-01, to: 2025-06-01 }")),
            (Pack.StartOf("2025-01-01"), Pack.InForce("{ from: 2025-05-01 }", policy: "UNSTATED")));

        Assert.Equal("", Governs(rules, "2025-02-01", Pack.StartOf("2025-01-01")));
        Assert.Equal("2", Governs(rules, "2025-05-01", Pack.StartOf("2025-02-28")));
        Assert.Equal("1", Governs(rules, "2025-05-01", Pack.StartOf("2025-03-01")));
        Assert.Equal("2", Governs(rules, "2025-06-01", Pack.Today));
    }

    [Theory]
    [InlineData("SUSPENDED")]
    [InlineData("NOT_ENFORCED")]
    [InlineData("REPEALED")]
    public void Only_in_force_fires(string status)
    {
        var rules = With(
            (Pack.StartOf("2025-01-01"), Pack.InForce("always")), (Pack.StartOf("2025-01-02"), Pack.NotInForce(status, "always")));

        Assert.Equal("TEST-RULE:CASE_BY_CASE", Fired(rules, "2030-01-01", Pack.StartOf("2025-01-01")));
        Assert.Equal("", Fired(rules, "2030-01-01", Pack.Today));
    }

    [Fact]
    public void An_open_end_reaches_the_first_and_the_last_day()
    {
        var recorded = Pack.StartOf("2025-01-01");
        var rules = With((recorded, Pack.InForce("{ to: 2025-01-02 }")), (recorded, Pack.InForce("{ from: 2026-01-01 }")));

        Assert.Equal("1", Governs(rules, "0001-01-01", Pack.Today));
        Assert.Equal("", Governs(rules, "2025-01-02", Pack.Today));
        Assert.Equal("2", Governs(rules, "9999-12-31", Pack.Today));
    }

    [Fact]
    public void A_decision_does_not_change_when_something_is_recorded_after_its_knowledge_date()
    {
        var known = Pack.StartOf("2025-06-01");
        var before = With((Pack.StartOf("2025-01-01"), Pack.InForce("always")));
        var after = With((Pack.StartOf("2025-01-01"), Pack.InForce("always")), (known.AddTicks(1), Pack.NotInForce("REPEALED", "always")));
        var facts = Pack.Shipment(new Item("H20"), "DE", "2025-06-02");

        Assert.Equal(DecisionText.Of(Pack.Decide(facts, known, before)), DecisionText.Of(Pack.Decide(facts, known, after)));

        // The control: one tick later the same text is another.
        var later = Pack.Decide(facts, known.AddTicks(1), after);
        Assert.NotEqual(Pack.Decide(facts, known, before).RuleSetDigest, later.RuleSetDigest);
        Assert.Empty(later.Findings);
    }

    [Fact]
    public void The_next_change_is_the_next_recording()
    {
        var rules = With((Pack.StartOf("2031-01-01"), Pack.InForce("always")));

        Assert.Equal(Pack.StartOf("2022-02-24"), rules.NextChangeAfter(DateTimeOffset.MinValue));
        Assert.Equal(Pack.StartOf("2022-03-02"), rules.NextChangeAfter(Pack.StartOf("2022-02-24")));
        Assert.Equal(Pack.StartOf("2031-01-01"), rules.NextChangeAfter(Pack.StartOf("2026-01-13")));
        Assert.Null(rules.NextChangeAfter(Pack.StartOf("2031-01-01")));
        Assert.Null(Pack.Catalogue.NextChangeAfter(DateTimeOffset.MinValue));
    }

    [Fact]
    public void Numbers_continue_those_of_the_pack()
    {
        var second = Pack.Amendment("US-EMBARGO", 2, Pack.StartOf("2030-01-01"), Pack.NotInForce("REPEALED", "always"));
        var rules = RuleSnapshot.Build(Pack.Files, [second], []);

        Assert.Equal("rules/US-EMBARGO/amendments/2", rules.Find("US-EMBARGO")!.Governing(Pack.Day("2025-01-01"), Pack.StartOf("2030-01-01"))!.Name);
        Assert.Throws<ArgumentException>(() => RuleSnapshot.Build(Pack.Files, [second with { Number = 1 }], []));
    }

    [Fact]
    public void A_group_row_counts_from_its_recording_on()
    {
        var row = new GroupRow("E:1", "DE", null, null, Certainty.Confirmed, Pack.StartOf("2025-01-01"));
        var rules = RuleSnapshot.Build(Pack.Files, [], [row]);

        Assert.Equal("", Fired(rules, "2025-02-01", Pack.StartOf("2025-01-01").AddTicks(-1)));
        Assert.Equal("US-EMBARGO:PROHIBITED", Fired(rules, "2025-02-01", Pack.StartOf("2025-01-01")));
    }

    private static RuleSnapshot With(params (DateTimeOffset RecordedAt, string Yaml)[] stack) =>
        RuleSnapshot.Build(Pack.Files, stack.Select((one, i) => Pack.Amendment(Rule, i + 1, one.RecordedAt, one.Yaml)), []);

    private static string Governs(RuleSnapshot rules, string shipDate, DateTimeOffset knownAt)
    {
        var direct = rules.Find(Rule)!.Governing(Pack.Day(shipDate), knownAt)?.Name;
        var compiled = rules.At(knownAt).On(Pack.Day(shipDate)).Governing.SingleOrDefault(governing => governing.Rule == Rule)?.Amendment;
        Assert.Equal(direct, compiled);
        return direct?.Split('/')[^1] ?? "";
    }

    private static string Fired(RuleSnapshot rules, string shipDate, DateTimeOffset knownAt) =>
        Pack.Fired(Pack.Decide(Pack.Shipment(new Item("L2"), "DE", shipDate), knownAt, rules));
}
