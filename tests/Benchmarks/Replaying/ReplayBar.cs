using System.Diagnostics;
using Google.LongRunning;
using Google.Protobuf;
using OrderTracking.Benchmarks.Redeciding;
using OrderTracking.Compliance.V1;

namespace OrderTracking.Benchmarks.Replaying;

/// <summary>
/// B9: a million stored decisions are run again and come out with the same bytes, against a plain read of their rows; and the audit chain over them is
/// verified with what it vouches for, against a plain read of its entries and of the decisions.
/// </summary>
internal static class ReplayBar
{
    private const double OfRead = 0.3;
    private const string Decisions = "select seq, decision_id, body from decisions order by seq";
    private const string Chain = "select * from audit_chain order by seq";
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(7);
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(10);

    public static async Task<IReadOnlyList<Bar>> Measure(bool isShort)
    {
        await using var process = await ComplianceProcess.Start();
        var rounds = isShort ? 5 : 15;
        var path = ShipmentsFile.PathIn(process.Copy);
        await Warm(() => Replay(process));
        PlainRead.Run(path, Decisions, Chain);
        var replay = await Pairs.Measure(
            "decisions replayed / plain read of them", rounds, () => Replay(process), () => Task.FromResult(process.Count / PlainRead.Run(path, Decisions)));
        await Warm(() => Verify(process));
        var verify = await Pairs.Measure(
            "audit chain verified / plain read of entries and decisions", rounds, () => Verify(process),
            () => Task.FromResult(process.Count / PlainRead.Run(path, Chain, Decisions)));
        return [new Bar("B9", replay, OfRead), new Bar("B9", verify, OfRead)];
    }

    // As all bars: what the runtime still compiles is not what is measured.
    private static async Task Warm(Func<Task<double>> work)
    {
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < WarmUp)
            await work();
    }

    private static async Task<double> Replay(ComplianceProcess process)
    {
        var invoker = process.Host.As("audrey", "auditor").Invoker;
        var started = Stopwatch.GetTimestamp();
        var answer = await Done<ReplayDecisionsResponse>(invoker, await new ReplayService.ReplayServiceClient(invoker).ReplayDecisionsAsync(new ReplayDecisionsRequest()));
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        if (answer.Identical != process.Count || answer.Mismatched != 0)
            throw new InvalidOperationException($"Of {process.Count} decisions {answer.Identical} came out the same and {answer.Mismatched} did not.");
        return process.Count / seconds;
    }

    private static async Task<double> Verify(ComplianceProcess process)
    {
        var invoker = process.Host.As("audrey", "auditor").Invoker;
        var started = Stopwatch.GetTimestamp();
        var answer = await Done<VerifyAuditTrailResponse>(invoker, await new AuditService.AuditServiceClient(invoker).VerifyAuditTrailAsync(new VerifyAuditTrailRequest()));
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        if (!answer.Intact || answer.LastEntry < process.Count)
            throw new InvalidOperationException($"{answer.FindingCount} findings up to entry {answer.LastEntry}: {answer.Findings.FirstOrDefault()}");
        return process.Count / seconds;
    }

    private static async Task<T> Done<T>(Grpc.Core.CallInvoker invoker, Operation operation)
        where T : IMessage<T>, new()
    {
        var operations = new Operations.OperationsClient(invoker);
        while (!operation.Done)
        {
            await Task.Delay(LookInterval);
            operation = await operations.GetOperationAsync(new GetOperationRequest { Name = operation.Name });
        }

        return operation.Error is null ? operation.Response.Unpack<T>() : throw new InvalidOperationException(operation.Error.Message);
    }
}
