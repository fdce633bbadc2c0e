using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using OrderTracking.ComplianceService.Audit.Chain;
using OrderTracking.ComplianceService.Audit.Verification;
using V1 = OrderTracking.Compliance.V1;

namespace OrderTracking.ComplianceService.Audit;

/// <summary>The trail as callers see it.</summary>
internal static class AuditMapping
{
    public static V1.AuditEntry Of(ChainRow row) => new()
    {
        Name = NameOf(row.Seq),
        Seq = row.Seq,
        Kind = row.Kind,
        Subject = row.Subject,
        Shipment = row.Shipment,
        Order = row.OrderName,
        Actor = row.Actor,
        Action = row.Action,
        Outcome = row.Outcome,
        Detail = row.Detail,
        PayloadDigest = row.PayloadDigest,
        TraceId = row.TraceId,
        RecordTime = Time(row.RecordedAt),
        PreviousHash = row.PreviousHash,
        Hash = row.Hash,
    };

    public static V1.RecordReference Reference(ChainRow row) => new()
    {
        Kind = row.Kind,
        Name = row.Subject,
        AuditEntry = NameOf(row.Seq),
        RecordTime = Time(row.RecordedAt),
        Actor = row.Actor,
        Action = row.Action,
        Outcome = row.Outcome,
        Shipment = row.Shipment,
        Order = row.OrderName,
    };

    public static V1.VerifyAuditTrailResponse Of(TrailReport report)
    {
        var message = new V1.VerifyAuditTrailResponse
        {
            Intact = report.Findings.Count == 0,
            FindingCount = report.Findings.Count,
            FirstEntry = report.From,
            LastEntry = report.To,
            Records = report.Records,
            HeadHash = report.HeadHash,
        };
        message.Findings.AddRange(report.Findings.Listed.Select(finding => new V1.AuditFinding
        {
            Fault = Codes<TrailFault>.Of(finding.Fault),
            Seq = finding.Seq,
            Subject = finding.Subject,
            Detail = finding.Detail,
        }));
        return message;
    }

    private static string NameOf(long seq) => string.Create(CultureInfo.InvariantCulture, $"auditEntries/{seq}");

    private static Timestamp Time(string recordedAt) => Timestamp.FromDateTimeOffset(
        DateTimeOffset.Parse(recordedAt, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal));
}
