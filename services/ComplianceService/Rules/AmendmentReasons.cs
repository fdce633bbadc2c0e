using Grpc.Core;
using OrderTracking.BuildingBlocks.Grpc;

namespace OrderTracking.ComplianceService.Rules;

/// <summary>Why the life cycle of an amendment refuses. A name is part of the contract and never changes.</summary>
internal static class AmendmentReasons
{
    /// <summary>A test does not say what it expects, or expects what no rule can say.</summary>
    public static readonly Reason TestInvalid = new("AMENDMENT_TEST_INVALID", StatusCode.InvalidArgument);

    /// <summary>It carries no test.</summary>
    public static readonly Reason TestsMissing = new("AMENDMENT_TESTS_MISSING", StatusCode.FailedPrecondition);

    /// <summary>A test fails; one violation a test, with what was expected and what came out.</summary>
    public static readonly Reason TestFailed = new("AMENDMENT_TEST_FAILED", StatusCode.FailedPrecondition);

    /// <summary>No test reaches a step of the policy, or none shows where the rule says nothing; one violation each.</summary>
    public static readonly Reason BranchUntested = new("AMENDMENT_BRANCH_UNTESTED", StatusCode.FailedPrecondition);

    /// <summary>Another amendment of the rule was published for some of the same ship dates since it was proposed.</summary>
    public static readonly Reason WindowOverlaps = new("AMENDMENT_WINDOW_OVERLAPS", StatusCode.Aborted);

    /// <summary>One review is recorded already.</summary>
    public static readonly Reason AlreadyReviewed = new("AMENDMENT_ALREADY_REVIEWED", StatusCode.FailedPrecondition);
}
