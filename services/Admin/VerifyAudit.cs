using Google.LongRunning;
using Google.Protobuf.WellKnownTypes;
using OrderTracking.Compliance.V1;
using OrderTracking.Types.V1;

namespace OrderTracking.Admin;

/// <summary>Has the audit trail computed anew.</summary>
internal static class VerifyAudit
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(250);

    public static Command Command { get; } = new(
        "verify-audit", "[--expected-entries N]", "Computes the audit trail anew and says what does not agree; ends with 1 where something does not.", 0,
        ["--expected-entries"], "AuditService/VerifyAuditTrail", Run);

    private static async Task<int> Run(Session session, CancellationToken cancellation)
    {
        var request = new VerifyAuditTrailRequest { ExpectedEntries = session.Arguments.Number("--expected-entries", preset: 0, int.MaxValue) };
        var started = await session.Clients.Audit.VerifyAuditTrailAsync(request, cancellationToken: cancellation);
        var ended = await session.Output.Progress("Audit trail", tell => Ended(session, started, tell, cancellation));
        if (ended.ResultCase != Operation.ResultOneofCase.Response)
        {
            session.Output.Note($"{ended.Name} was not finished: {ended.Error?.Message}");
            return ExitCode.Refused;
        }

        var report = ended.Response.Unpack<VerifyAuditTrailResponse>();
        session.Output.One(
            report,
            ("Intact", one => one.Intact ? "yes" : "NO"), ("First entry", one => Cell.Text(one.FirstEntry)), ("Last entry", one => Cell.Text(one.LastEntry)),
            ("Records", one => Cell.Text(one.Records)), ("Head", one => one.HeadHash), ("Findings", one => Cell.Text(one.FindingCount)));
        session.Output.Part(
            "Findings",
            report.Findings, ("Fault", one => one.Fault), ("Entry", one => Cell.Text(one.Seq)), ("Subject", one => one.Subject), ("Detail", one => one.Detail));
        return report.Intact ? ExitCode.Done : ExitCode.Refused;
    }

    private static async Task<Operation> Ended(Session session, Operation operation, Action<double, string> tell, CancellationToken cancellation)
    {
        while (!operation.Done)
        {
            if (operation.Metadata?.TryUnpack<JobMetadata>(out var job) == true)
                tell(job.ProgressPercent / 100.0, "");
            // Answered at its end, or with how far it is.
            operation = await session.Clients.Operations.WaitOperationAsync(
                new WaitOperationRequest { Name = operation.Name, Timeout = Duration.FromTimeSpan(Between) }, cancellationToken: cancellation);
        }

        tell(1, "");
        return operation;
    }
}
