using V1 = OrderTracking.Compliance.V1;

namespace OrderTracking.ComplianceService.Rules.Testing;

internal static class TestMapping
{
    /// <summary>Adds what the tests of an amendment came to, for the answers of the methods that ran them.</summary>
    public static V1.Amendment With(this V1.Amendment message, RuleTestReport report)
    {
        message.TestResults.AddRange(report.Results.Select(result => new V1.AmendmentTestResult
        {
            Test = result.Test,
            Passed = result.Passed,
            Expected = result.Expected,
            Got = result.Got,
            Without = result.Without,
            Branch = result.Branch ?? "",
        }));
        message.UntestedBranches.AddRange(report.UntestedBranches);
        return message;
    }
}
