using System.Diagnostics;
using OrderTracking.BuildingBlocks.Hosting;
using OrderTracking.Host;
using Xunit;

namespace OrderTracking.SystemTests.Running;

/// <summary>What a program asks of the runtime's shared arrays is what the runtime does: read back from inside the process.</summary>
public sealed class SharedArraysTests : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);
    private readonly string _directory = Directory.CreateTempSubdirectory("ordertracking-").FullName;

    public static TheoryData<string> Programs =>
    [
        typeof(HostApp).Assembly.Location, Beside("OrderTracking.OrderService.dll"), Beside("OrderTracking.ShipmentService.dll"),
        Beside("OrderTracking.ComplianceService.dll"),
    ];

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task Every_program_has_room_for_a_thousand_arrays_of_a_size(string program) =>
        Assert.Equal("1024", await ArraysKept(program, setting: ""));

    [Fact]
    public async Task What_the_environment_says_wins() => Assert.Equal("40", await ArraysKept(Programs.First(), setting: "40"));

    private static string Beside(string program) => Path.Combine(AppContext.BaseDirectory, program);

    private async Task<string> ArraysKept(string program, string setting)
    {
        var file = Path.Combine(_directory, "arrays");
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [program, "--help"]) { RedirectStandardOutput = true };
        start.Environment["DOTNET_STARTUP_HOOKS"] = typeof(StartupHook).Assembly.Location;
        start.Environment[StartupHook.File] = file;
        start.Environment[SharedArrays.Setting] = setting;
        using var process = Process.Start(start)!;
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(Deadline);
        Assert.Equal(0, process.ExitCode);
        return await File.ReadAllTextAsync(file);
    }
}
