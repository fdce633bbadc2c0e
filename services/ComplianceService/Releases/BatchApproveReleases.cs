using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.ComplianceService.Holds;
using V1 = OrderTracking.Compliance.V1;

namespace OrderTracking.ComplianceService.Releases;

/// <summary>
/// Approves many releases, each in a transaction of its own: one that is refused keeps none of the others back, and says why. An
/// amendment may have cleared thousands.
/// </summary>
internal sealed class BatchApproveReleases(ApproveRelease approve)
{
    /// <summary>Names a call may have.</summary>
    public const int NamesMax = 1_000;

    /// <summary>Approvals under way at a time: they share commits and leave room for other callers.</summary>
    private const int ParallelMax = 64;

    private const int UuidBytes = 16;

    public async Task<V1.BatchApproveReleasesResponse> Run(
        V1.BatchApproveReleasesRequest request, string method, Actor actor, CancellationToken cancellation)
    {
        Check(request);
        var response = new V1.BatchApproveReleasesResponse();
        foreach (var part in request.Names.Chunk(ParallelMax))
            response.Results.AddRange(await Task.WhenAll(part.Select(name => Approve(request, name, method, actor, cancellation))));
        return response;
    }

    private static void Check(V1.BatchApproveReleasesRequest request)
    {
        var violations = new Violations();
        if (request.Names.Count is 0 or > NamesMax)
            violations.Add(
                "names",
                ReleaseReasons.BatchSizeInvalid,
                request.Names.Count.ToString(CultureInfo.InvariantCulture),
                string.Create(CultureInfo.InvariantCulture, $"1 to {NamesMax} names"));
        for (var index = 0; index < Math.Min(request.Names.Count, NamesMax); index++)
            ReleaseName.Parse(request.Names[index], string.Create(CultureInfo.InvariantCulture, $"names[{index}]"), violations);
        if (request.RequestId.Length > 0 && !Guid.TryParseExact(request.RequestId, "D", out _))
            violations.Add("request_id", BuildingReasons.RequestIdNotUuid, request.RequestId, "a UUID");
        HoldTexts.Remark(request.Note, "note", violations);
        violations.ThrowIfAny();
    }

    private async Task<V1.BatchApproveReleasesResponse.Types.Result> Approve(
        V1.BatchApproveReleasesRequest request, string name, string method, Actor actor, CancellationToken cancellation)
    {
        var one = new V1.ApproveReleaseRequest
        {
            Name = name,
            Note = request.Note,
            RequestId = request.RequestId.Length == 0 ? "" : IdOf(request.RequestId, name),
            ValidateOnly = request.ValidateOnly,
        };
        try
        {
            return new V1.BatchApproveReleasesResponse.Types.Result { Name = name, Release = await approve.Run(one, method, actor, cancellation) };
        }
        catch (Refusal refusal)
        {
            return new V1.BatchApproveReleasesResponse.Types.Result { Name = name, Error = RefusalStatus.StatusOf(refusal) };
        }
    }

    // Each name has a request of its own, so that a repeated batch finds what was done and goes on with the rest.
    private static string IdOf(string requestId, string name) =>
        new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"{requestId}\n{name}")).AsSpan(0, UuidBytes)).ToString("D");
}
