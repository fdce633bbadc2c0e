using OrderTracking.Admin;
using Xunit;

namespace OrderTracking.Client.Tests.Admin;

/// <summary>A Host of its own, and the admin commands given to it with a token of some role.</summary>
public sealed class RunningAdmin : IAsyncLifetime
{
    private HostProgram _host = null!;

    public string Address => _host.Address;

    public async ValueTask InitializeAsync() => _host = await HostProgram.Run();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    public Task<string> Token(string role) => _host.Token($"{role}-of-tests", role);

    public async Task<(int ExitCode, string Output, string Notes)> Run(string role, params string[] args)
    {
        var token = await Token(role);
        return await Run(name => name switch { "ORDERTRACKING_TOKEN" => token, "ORDERTRACKING_ADDRESS" => Address, _ => null }, args);
    }

    public static async Task<(int ExitCode, string Output, string Notes)> Run(Func<string, string?> environment, params string[] args)
    {
        var (results, notes) = (new StringWriter(), new StringWriter());
        var code = await AdminCommands.Run(args, results, notes, environment, cancellation: TestContext.Current.CancellationToken);
        return (code, results.ToString(), notes.ToString());
    }
}
