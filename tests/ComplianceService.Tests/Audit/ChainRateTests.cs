using System.Diagnostics;
using OrderTracking.ComplianceService.Audit.Chain;
using OrderTracking.ComplianceService.Tests.Service;
using Xunit;

namespace OrderTracking.ComplianceService.Tests.Audit;

/// <summary>What the chain costs. AUDIT_ENTRIES sets the size; the figures are written to the test's output.</summary>
public sealed class ChainRateTests(ITestOutputHelper output)
{
    private static readonly int Entries = int.Parse(Environment.GetEnvironmentVariable("AUDIT_ENTRIES") ?? "5000", null);

    [Fact]
    public async Task Appending_and_verifying_keep_pace()
    {
        await using var host = await ComplianceHost.Start("2025-06-01T12:00:00Z");
        var now = host.Clock.GetUtcNow();
        const int transaction = 500;
        var started = Stopwatch.GetTimestamp();
        for (var done = 0; done < Entries; done += transaction)
            await host.Db.Write(async tx =>
            {
                for (var entry = 0; entry < transaction; entry++)
                    await AuditChain.Append(tx, new ChainRecord(ChainKind.Act, "tests/1", "test", "test", "DONE") { Detail = "one of many" }, now);
            });
        var appended = Stopwatch.GetElapsedTime(started);
        started = Stopwatch.GetTimestamp();

        var report = await Tampering.Verify(host);

        var verified = Stopwatch.GetElapsedTime(started);
        Assert.Empty(report.Findings.Listed);
        output.WriteLine($"{appended.TotalMicroseconds / Entries:F1} us an append; {Entries / verified.TotalSeconds:F0} entries verified a second");
        Assert.True(appended.TotalMilliseconds / Entries < 5, $"{appended} for {Entries} appends");
    }
}
