using System.Globalization;
using System.Runtime.InteropServices;

namespace OrderTracking.Benchmarks.Reporting;

/// <summary>What the figures were measured on.</summary>
internal sealed record MachineFacts(int Cores, long MemoryBytes, string Processor, string OperatingSystem, string Framework, string Configuration)
{
    private const string ProcessorsFile = "/proc/cpuinfo";

    public static MachineFacts Read() => new(
        Environment.ProcessorCount,
        GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
        ReadProcessor(),
        RuntimeInformation.OSDescription,
        RuntimeInformation.FrameworkDescription,
#if DEBUG
        "Debug");
#else
        "Release");
#endif

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Cores} cores ({Processor}), {MemoryBytes / (1 << 30)} GiB, {OperatingSystem}, {Framework}, {Configuration}");

    private static string ReadProcessor()
    {
        if (!File.Exists(ProcessorsFile))
            return RuntimeInformation.ProcessArchitecture.ToString();
        var model = File.ReadLines(ProcessorsFile).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal));
        return model?.Split(':', 2)[1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}
