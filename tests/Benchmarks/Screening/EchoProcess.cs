using System.Diagnostics;
using System.Globalization;
using Google.Protobuf;
using OrderTracking.Compliance.V1;
using OrderTracking.TestKit;

namespace OrderTracking.Benchmarks.Screening;

/// <summary>The limit's process.</summary>
internal sealed class EchoProcess : IAsyncDisposable
{
    private readonly string _answers;
    private readonly Process _process;

    private EchoProcess(string answers, Process process, int port, int tellingPort)
    {
        (_answers, _process) = (answers, process);
        (Address, Allocated) = (new Uri($"http://127.0.0.1:{port}"), new Uri($"http://127.0.0.1:{tellingPort}/allocated"));
    }

    public Uri Address { get; }

    /// <summary>Tells the bytes allocated so far.</summary>
    public Uri Allocated { get; }

    public static EchoProcess Start(IEnumerable<Decision> prepared)
    {
        var answers = Path.GetTempFileName();
        using (var file = File.Create(answers))
            foreach (var answer in prepared)
                answer.WriteDelimitedTo(file);
        var (port, tellingPort) = (HostProcess.FreePort(), HostProcess.FreePort());
        var start = new ProcessStartInfo(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            [typeof(EchoProcess).Assembly.Location, EchoServer.Verb, Text(port), Text(tellingPort), answers]);
        // As the product's programs are built: the limit is not to be held back by a collector it has and they have not.
        start.Environment["DOTNET_gcServer"] = "1";
        start.Environment["DOTNET_GCDynamicAdaptationMode"] = "0";
        start.RedirectStandardOutput = true;
        return new EchoProcess(answers, Process.Start(start)!, port, tellingPort);
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        File.Delete(_answers);
    }

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}
