using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using OrderTracking.Benchmarks.Loading;
using OrderTracking.Orders.V1;
using OrderTracking.TestKit;
using Xunit;

namespace OrderTracking.Benchmarks.Tests;

/// <summary>The load generator as a program, against a Host.</summary>
public sealed class LoadTests : IAsyncLifetime
{
    private const int PageSizeMax = 1000;
    private const int TriesMax = 5;
    private static readonly TimeSpan EndsWithin = TimeSpan.FromMinutes(2);
    private readonly string _directory = Directory.CreateTempSubdirectory("ordertracking-load-").FullName;
    private readonly HostProcess _host;

    public LoadTests() => _host = new HostProcess(_directory);

    public async ValueTask InitializeAsync() => await _host.Start(("Grpc__Limits__CallsPerSecondMax", "100"), ("Grpc__Limits__BurstSeconds", "1"));

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public async Task What_it_says_was_placed_is_what_the_Host_has()
    {
        var (all, output, report) = await LoadUntilHeld("place-order", "caller", rate: 40, seconds: 3);
        Assert.Equal(120, Number(report, "due"));
        Assert.Equal(120, Number(report, "answered"));
        Assert.Equal(0, Number(report, "failed"));
        Assert.Equal(0, Number(report, "shed"));
        Assert.Equal(all, await CountOrders());
        Assert.InRange(report["achievedRate"]!.GetValue<double>(), 30, 41);
        Assert.True(report["latency"]!["p50"]!.GetValue<double>() > 0);
        Assert.True(report["latency"]!["max"]!.GetValue<double>() >= report["latency"]!["p99"]!.GetValue<double>());
        Assert.Contains("the rate was held", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_Host_refuses_is_counted_by_reason_and_the_run_has_failed()
    {
        var (code, output, report) = await Load("place-order", "caller", rate: 300, seconds: 2);
        Assert.True(code == 1, output);
        var refused = Number(report["failedByReason"]!.AsObject(), "RATE_LIMIT_EXCEEDED");
        Assert.True(refused > 100, output);
        Assert.Equal(600, refused + Number(report, "answered"));
        Assert.Equal(Number(report, "answered"), await CountOrders());
    }

    [Fact]
    public async Task A_role_that_may_not_is_told_by_reason()
    {
        var (code, output, report) = await Load("place-order", "auditor", rate: 10, seconds: 1);
        Assert.True(code == 1, output);
        Assert.Equal(10, Number(report, "failed"));
        Assert.Equal(["ROLE_NOT_ALLOWED"], report["failedByReason"]!.AsObject().Select(one => one.Key));
    }

    [Fact]
    public async Task Questions_are_asked_too()
    {
        var (_, _, report) = await LoadUntilHeld("check-shipment", "auditor", rate: 40, seconds: 1);
        Assert.Equal(40, Number(report, "answered"));
    }

    // Beside other tests the machine may stand still for a moment, and the generator rightly says that the rate was not held.
    private async Task<(long Answered, string Output, JsonNode Report)> LoadUntilHeld(string method, string role, int rate, int seconds)
    {
        var answered = 0L;
        for (var tries = 1; ; tries++)
        {
            var (code, output, report) = await Load(method, role, rate, seconds);
            answered += Number(report, "answered");
            if (code == 0)
                return (answered, output, report);
            Assert.False(report["rateHeld"]!.GetValue<bool>(), output);
            Assert.True(tries < TriesMax, output);
        }
    }

    private static long Number(JsonNode report, string name) => report[name]!.GetValue<long>();

    private async Task<long> CountOrders()
    {
        var orders = _host.As("audrey", "auditor").Orders;
        var (count, request) = (0L, new ListOrdersRequest { PageSize = PageSizeMax });
        do
        {
            var page = await orders.ListOrdersAsync(request);
            (count, request.PageToken) = (count + page.Orders.Count, page.NextPageToken);
        }
        while (request.PageToken.Length > 0);
        return count;
    }

    private async Task<(int Code, string Output, JsonNode Report)> Load(string method, string role, int rate, int seconds)
    {
        var (file, token) = (Path.Combine(_directory, "load.json"), Path.Combine(_directory, "token"));
        await File.WriteAllTextAsync(token, _host.Token("erp", role) + "\n");
        using var program = Process.Start(new ProcessStartInfo(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            [
                typeof(LoadCommand).Assembly.Location, "load", "--target", $"http://127.0.0.1:{_host.Port}", "--rate", rate.ToString(CultureInfo.InvariantCulture),
                "--duration", seconds.ToString(CultureInfo.InvariantCulture), "--token-file", token, "--method", method, "--json", file,
            ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var (output, errors) = (program.StandardOutput.ReadToEndAsync(), program.StandardError.ReadToEndAsync());
        await program.WaitForExitAsync().WaitAsync(EndsWithin);
        var said = await output + await errors;
        return (program.ExitCode, said, JsonNode.Parse(File.Exists(file) ? await File.ReadAllTextAsync(file) : "{}")?["load"] ?? throw new InvalidOperationException(said));
    }
}
