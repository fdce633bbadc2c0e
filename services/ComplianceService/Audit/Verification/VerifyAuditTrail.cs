using System.Globalization;
using Google.LongRunning;
using Grpc.Core;
using OrderTracking.AuditTrail;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.BuildingBlocks.Jobs;
using OrderTracking.ComplianceService.Audit.Anchoring;
using V1 = OrderTracking.Compliance.V1;

namespace OrderTracking.ComplianceService.Audit.Verification;

/// <summary>Starts a verification.</summary>
internal sealed class VerifyAuditTrail(ComplianceDb db, Jobs<ComplianceDb> jobs, TimeProvider clock)
{
    private const int HashCharacters = 64;

    public Task<Operation> Start(V1.VerifyAuditTrailRequest request, ServerCallContext context)
    {
        var actor = context.Actor();
        var violations = new Violations();
        var isRange = request is { FirstEntry: >= 0, LastEntry: >= 0, ExpectedEntries: >= 0 }
            && (request.LastEntry == 0 || request.LastEntry >= request.FirstEntry);
        if (!isRange)
            violations.Add(
                "last_entry", AuditReasons.AuditRangeInvalid, request.LastEntry.ToString(CultureInfo.InvariantCulture),
                "places from 0, the last one not before the first");
        var isHash = request.AnchorHash.Length == HashCharacters && request.AnchorHash.All(char.IsAsciiHexDigitLower);
        if (request.AnchorEntry < 0 || (request.AnchorEntry > 0 ? !isHash : request.AnchorHash.Length > 0))
            violations.Add("anchor_hash", AuditReasons.AnchorInvalid, request.AnchorHash, "anchor_entry from 1 and its hash, or neither");
        violations.ThrowIfAny();
        return db.Write(
            tx => Requests.Once(
                tx, context.Method, request.RequestId, actor, request, clock.GetUtcNow(),
                () => jobs.Start(tx, VerifyJob.KindName, request, actor.Subject, clock.GetUtcNow())),
            context.CancellationToken,
            request.ValidateOnly);
    }
}

/// <summary>Verifies the trail. It only reads, so after a restart it begins anew.</summary>
internal sealed class VerifyJob(ComplianceDb db, VerifyTrail verify, AnchorKeeper anchors) : Job<V1.VerifyAuditTrailRequest, V1.VerifyAuditTrailResponse>
{
    public const string KindName = "audit.verify";
    private const long ReportEntries = 10_000;

    public override string Kind => KindName;

    protected override async Task<V1.VerifyAuditTrailResponse> Run(
        JobRun run, V1.VerifyAuditTrailRequest request, CancellationToken cancellation)
    {
        var asked = request.AnchorEntry == 0
            ? []
            : (Anchor[])[new Anchor(request.AnchorEntry, request.AnchorHash, "", run.CreatedAt)];
        var range = new TrailRange(
            Math.Max(1, request.FirstEntry), request.LastEntry, request.ExpectedEntries, [.. await anchors.Anchors(cancellation), .. asked]);
        var told = 0L;
        var report = await verify.Run(range, Progress, cancellation);
        return AuditMapping.Of(report);

        async Task Progress(long done, long total)
        {
            if (done - told < ReportEntries && done < total)
                return;
            told = done;
            await db.Write(tx => run.Save(tx, done, Math.Max(done, total), checkpoint: ""), cancellation);
        }
    }
}
