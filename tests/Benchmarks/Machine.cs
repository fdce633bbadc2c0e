using System.Globalization;
using System.Runtime.InteropServices;

namespace OrderTracking.Benchmarks;

/// <summary>What the figures were measured on.</summary>
internal static class Machine
{
    public static void Print() => Console.Out.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{Environment.ProcessorCount} cores, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1 << 30)} GiB, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}"));
}
