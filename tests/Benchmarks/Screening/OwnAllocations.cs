using Microsoft.Extensions.DependencyInjection;
using OrderTracking.Compliance.V1;
using OrderTracking.ComplianceService.Screening;
using OrderTracking.Host;

namespace OrderTracking.Benchmarks.Screening;

/// <summary>
/// What the product's own code allocates for a call, in this process and without gRPC: from the message that was read to the message that
/// is to be written.
/// </summary>
internal static class OwnAllocations
{
    private const int WarmPasses = 200;
    private const int Passes = 50;

    public static async Task<double> PerCall(IReadOnlyList<CheckShipmentRequest> questions)
    {
        var directory = Directory.CreateTempSubdirectory("ordertracking-benchmark-").FullName;
        try
        {
            await using var app = HostApp.Build(["--port", "0", "--data", directory, "--Traces:Page:Port=none", "--Logging:LogLevel:Default=Warning"]);
            await app.StartAsync();
            var check = app.Services.GetRequiredService<CheckShipment>();
            Answer(check, questions, WarmPasses);
            var before = GC.GetAllocatedBytesForCurrentThread();
            Answer(check, questions, Passes);
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            await app.StopAsync();
            return allocated / (double)(Passes * questions.Count);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static void Answer(CheckShipment check, IReadOnlyList<CheckShipmentRequest> questions, int passes)
    {
        for (var pass = 0; pass < passes; pass++)
            for (var at = 0; at < questions.Count; at++)
                if (!check.Answer(questions[at], CancellationToken.None).AsTask().IsCompletedSuccessfully)
                    throw new InvalidOperationException("A what-if waited, or was refused.");
    }
}
