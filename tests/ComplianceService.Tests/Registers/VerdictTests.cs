using OrderTracking.Compliance.V1;
using Xunit;

namespace OrderTracking.ComplianceService.Tests.Registers;

public sealed class VerdictTests(RegistersHost host) : IClassFixture<RegistersHost>
{
    [Theory]
    [InlineData("H20", "CN", "2025-04-09")]
    [InlineData("H100-SXM5", "AE", "2026-02-01")]
    [InlineData("L2", "DE", "2025-06-02")]
    [InlineData("MI308X", "CN", "2025-04-20")]
    [InlineData("NO-SUCH-PART", "CN", "2025-04-09")]
    [InlineData("NO-SUCH-PART", "US", "2025-04-09")]
    public async Task A_verdict_says_what_the_whole_decision_says_without_why(string part, string destination, string shipDate)
    {
        var question = Asked.Check(part, destination, shipDate, host.Now);
        // Two findings that no rule makes, which stand among the rules by their names.
        question.Facts.Parties[0].UltimateParent = null;
        question.Facts.Parties[0].ListedOwner = "Somebody";
        var whole = await host.Checks().CheckShipmentAsync(question);
        var verdict = await host.Checks().CheckShipmentAsync(new CheckShipmentRequest(question) { View = DecisionView.Verdict });

        Assert.NotEmpty(whole.Findings);
        Assert.All(whole.Findings, finding => Assert.NotEqual("", finding.Explanation));
        Assert.Equal(WithoutWhy(whole), verdict);
    }

    [Fact]
    public async Task The_whole_decision_is_answered_unless_a_verdict_is_asked_for()
    {
        var question = Asked.Check("H20", "CN", "2025-04-09", host.Now);
        var whole = await host.Checks().CheckShipmentAsync(question);
        foreach (var view in (DecisionView[])[DecisionView.Whole, (DecisionView)77])
            Assert.Equal(whole, await host.Checks().CheckShipmentAsync(new CheckShipmentRequest(question) { View = view }));
    }

    private static Decision WithoutWhy(Decision whole)
    {
        var verdict = new Decision
        {
            Outcome = whole.Outcome,
            Occasion = whole.Occasion,
            ShipDate = whole.ShipDate,
            KnownAt = whole.KnownAt,
            EngineVersion = whole.EngineVersion,
        };
        verdict.Findings.Add(whole.Findings.Select(finding => new Finding
        {
            Rule = finding.Rule, Amendment = finding.Amendment, Effect = finding.Effect, ReviewPolicy = finding.ReviewPolicy,
        }));
        return verdict;
    }
}
