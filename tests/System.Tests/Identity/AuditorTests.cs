using Grpc.Core;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.SystemTests.Access;
using OrderTracking.SystemTests.Contracts;
using OrderTracking.SystemTests.Running;
using Xunit;

namespace OrderTracking.SystemTests.Identity;

/// <summary>An auditor reads, and starts computations over what is recorded; nothing an auditor calls changes a record.</summary>
public sealed class AuditorTests(SystemUnderTest system) : IClassFixture<SystemUnderTest>
{
    private static readonly string[] ReadingVerbs = ["Get", "List", "Watch", "Stream", "Check", "BatchCheck", "Export", "Search", "Find", "Wait"];

    // Each computes over records and writes its own operation only; Cancel and Delete are of such an operation.
    private static readonly string[] Computing =
    [
        "google.longrunning.Operations/CancelOperation", "google.longrunning.Operations/DeleteOperation",
        "ordertracking.compliance.v1.AuditService/VerifyAuditTrail", "ordertracking.compliance.v1.ReplayService/ReplayDecision",
        "ordertracking.compliance.v1.ReplayService/ReplayDecisions", "ordertracking.compliance.v1.ReplayService/ScanDispatched",
    ];

    private static readonly IReadOnlyList<string> Writing =
    [
        .. ProtoContract.Served
            .Where(method => !ReadingVerbs.Any(verb => method.Name.StartsWith(verb, StringComparison.Ordinal)))
            .Select(method => $"{method.Service.FullName}/{method.Name}")
            .Except(Computing),
    ];

    [Fact]
    public async Task An_auditor_is_refused_by_every_method_that_writes()
    {
        Assert.True(Writing.Count > 40, $"{Writing.Count} methods");
        var auditor = system.Host.As("audrey", "auditor");
        foreach (var method in Writing)
        {
            var (code, reason) = await AnyMethod.Call(auditor, method);
            Assert.True(code == StatusCode.PermissionDenied && reason == BuildingReasons.RoleNotAllowed.Name, $"{method}: {code} {reason}");
        }
    }
}
