using Microsoft.IdentityModel.JsonWebTokens;
using Xunit;

namespace OrderTracking.SystemTests.Running;

/// <summary>The host's program from the outside: what it prints and how it ends.</summary>
public sealed class HostCommandTests : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);
    private readonly string _data = Directory.CreateTempSubdirectory("ordertracking-").FullName;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public async Task Token_prints_the_token_and_nothing_else()
    {
        var (exitCode, output, errors) = await HostCommand.Run(
            Deadline, "token", "--subject", "alice", "--role", "officer", "--role", "counsel", "--data", _data);
        Assert.Equal((0, ""), (exitCode, errors));
        var token = new JsonWebToken(output.TrimEnd('\n', '\r'));
        Assert.Equal("alice", token.Subject);
        Assert.Equal(["officer", "counsel"], token.Claims.Where(claim => claim.Type == "roles").Select(claim => claim.Value));
    }

    [Fact]
    public async Task A_typing_error_ends_the_program_with_the_usage()
    {
        var (exitCode, output, errors) = await HostCommand.Run(Deadline, "--prot", "5080");
        Assert.Equal((2, ""), (exitCode, output));
        Assert.StartsWith("There is no option '--prot'.", errors, StringComparison.Ordinal);
        Assert.Contains("--port PORT", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_does_not_start_off_the_loopback()
    {
        var (exitCode, _, errors) = await HostCommand.Run(Deadline, "--address", "0.0.0.0", "--data", _data);
        Assert.Equal(1, exitCode);
        Assert.StartsWith("OrderTracking cannot start:", errors, StringComparison.Ordinal);
        Assert.Contains("loopback", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_says_where_it_is_and_how_to_call_it_and_ends_cleanly_on_control_c()
    {
        using var process = HostCommand.Start("--port", "0", "--data", _data);
        var banner = "";
        while (await process.StandardOutput.ReadLineAsync().WaitAsync(Deadline) is { } line && line != "Ctrl-C ends it.")
            banner += line + "\n";
        Assert.Contains("OrderTracking is up: gRPC (cleartext HTTP/2) on http://127.0.0.1:", banner, StringComparison.Ordinal);
        Assert.Contains("TOKEN=$(dotnet run --project services/Host -- token", banner, StringComparison.Ordinal);
        Assert.Contains("grpcurl -plaintext", banner, StringComparison.Ordinal);
        Assert.Contains("Test-grade rules, not legal advice.", banner, StringComparison.Ordinal);
        await HostCommand.Interrupt(process);
        await process.WaitForExitAsync().WaitAsync(Deadline);
        Assert.Equal((0, ""), (process.ExitCode, await process.StandardError.ReadToEndAsync()));
    }
}
