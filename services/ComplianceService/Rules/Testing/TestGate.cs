using System.Globalization;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Grpc;

namespace OrderTracking.ComplianceService.Rules.Testing;

/// <summary>What must hold before an amendment is called reviewed, and again before it is published.</summary>
internal static class TestGate
{
    private const string AnotherRead = "read it again before deciding on it";

    /// <exception cref="Refusal">Every reason of <see cref="AmendmentReasons"/>, or AMENDMENT_DIGEST_DIFFERS.</exception>
    public static async Task<RuleTestReport> Require(
        Tx tx, KnowledgeHead head, AmendmentRow row, AmendmentContent content, DateTimeOffset recordedAt)
    {
        await RequireSeen(tx, head, row, content);
        var tests = StoredTests.Parse(row.Tests);
        if (tests.Count == 0)
            throw new Refusal(AmendmentReasons.TestsMissing, $"{row.Name} carries no test; reject it and propose it with tests.");
        var report = RunTests.Run(head, row.Rule, row.Title, content, tests, recordedAt);
        var failed = report.Results.Where(result => !result.Passed).ToList();
        if (failed.Count > 0)
            throw new Refusal(AmendmentReasons.TestFailed, string.Create(
                CultureInfo.InvariantCulture, $"{failed.Count} of {tests.Count} tests of {row.Name} fail. The first: {failed[0].Test}."))
            {
                PreconditionViolations = [.. failed.Select(result => new PreconditionViolation(
                    AmendmentReasons.TestFailed.Name, result.Test, $"Expected {result.Expected}. Got {result.Got}."))],
            };
        if (report.UntestedBranches.Count > 0)
            throw new Refusal(
                AmendmentReasons.BranchUntested, $"The tests of {row.Name} leave something out: {report.UntestedBranches[0]}.")
            {
                PreconditionViolations = [.. report.UntestedBranches.Select(branch => new PreconditionViolation(
                    AmendmentReasons.BranchUntested.Name, row.Name, branch))],
            };
        return report;
    }

    /// <summary>What the caller read must be what he decides on; blank is not compared.</summary>
    public static void RequireRead(AmendmentRow row, string digest, string testsDigest)
    {
        if (digest.Length > 0 && digest != row.Digest)
            throw new Refusal(RegisterReasons.AmendmentDigestDiffers, $"{row.Name} has the digest {row.Digest}; {AnotherRead}.")
            {
                Metadata = new Dictionary<string, string> { ["digest"] = row.Digest },
            };
        if (testsDigest.Length > 0 && testsDigest != row.TestsDigest)
            throw new Refusal(
                RegisterReasons.AmendmentDigestDiffers, $"The tests of {row.Name} have the digest {row.TestsDigest}; {AnotherRead}.")
            {
                Metadata = new Dictionary<string, string> { ["tests_digest"] = row.TestsDigest },
            };
    }

    // Its author wrote it against another state of the rule: what it was to change may not be there any more.
    private static async Task RequireSeen(Tx tx, KnowledgeHead head, AmendmentRow row, AmendmentContent content)
    {
        var since = (await RuleStore.PublishedSince(tx, row.BaseChange)).ToHashSet(StringComparer.Ordinal);
        var unseen = head.Rules.Find(row.Rule)?.Amendments
            .FirstOrDefault(one => since.Contains(one.Name) && one.Content.Effective.Overlaps(content.Effective));
        if (unseen is not null)
            throw new Refusal(
                AmendmentReasons.WindowOverlaps,
                $"{unseen.Name} was published after {row.Name} was proposed and governs some of the same ship dates; propose it again.")
            {
                Metadata = new Dictionary<string, string> { ["amendment"] = unseen.Name },
            };
    }
}
