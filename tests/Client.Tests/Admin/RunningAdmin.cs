using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using OrderTracking.Admin;
using OrderTracking.Orders.V1;
using Xunit;

namespace OrderTracking.Client.Tests.Admin;

/// <summary>A Host of its own as a process, and the admin commands given to it with a token of some role.</summary>
public sealed class RunningAdmin : IAsyncLifetime
{
    private const string Script = "/usr/bin/script";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly ConcurrentDictionary<(string, string), Task<string>> _tokens = new();
    private HostProgram _host = null!;

    public string Address => _host.Address;

    /// <summary>Where the Host's databases are.</summary>
    public string Directory => _host.Directory;

    public async ValueTask InitializeAsync() => _host = await HostProgram.Run(
        "--Orders:Stuck:Screened=00:00:01", "--Shipments:Stuck:Screened=00:00:01");

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    /// <summary>Ends the Host as a power cut would, and starts it again on its data when the power is back.</summary>
    public async Task CutPower(TimeSpan outage)
    {
        await _host.Kill();
        await Task.Delay(outage, TestContext.Current.CancellationToken);
        await _host.Start();
    }

    /// <summary>A token of a role; a second person of it is <c>role/name</c>.</summary>
    public Task<string> Token(string role) => _tokens.GetOrAdd(
        (role.Split('/')[0], role.Split('/').ElementAtOrDefault(1) ?? $"{role}-of-tests"), one => _host.Token(one.Item2, one.Item1));

    /// <summary>The command within this process: quick, for what does not depend on the program around it.</summary>
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

    /// <summary>The command as a user gives it: the Host's program as a process, its output redirected.</summary>
    public async Task<(int ExitCode, string Output, string Notes)> RunProgram(string role, params string[] args)
    {
        using var process = await Begin(role, args);
        var (output, notes) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(Patience);
        return (process.ExitCode, await output, await notes);
    }

    /// <summary>The same with <c>--json</c>, which must be understood.</summary>
    public async Task<JsonElement> Json(string role, params string[] args)
    {
        var (code, output, notes) = await RunProgram(role, [.. args, "--json"]);
        Assert.True(code == 0, $"{string.Join(' ', args)} ended with {code}: {notes}");
        using var document = JsonDocument.Parse(output);
        return document.RootElement.Clone();
    }

    /// <summary>Begins the command and leaves it running.</summary>
    public async Task<Process> Begin(string role, params string[] args) =>
        Process.Start(await With(Programs.Start(Path.GetTempPath(), [Programs.Host, "admin", .. args]), role))!;

    /// <summary>The command on a terminal, as util-linux' script gives it one; the output holds both streams. Null where there is no such program.</summary>
    public async Task<(int ExitCode, string Output)?> RunOnTerminal(string role, params string[] args)
    {
        if (!File.Exists(Script))
            return null;
        var line = string.Join(' ', new[] { Programs.Dotnet, Programs.Host, "admin" }.Concat(args).Select(word => $"'{word}'"));
        using var process = Process.Start(await With(new ProcessStartInfo(Script, ["-qec", line, "/dev/null"]) { RedirectStandardOutput = true }, role))!;
        var output = process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(Patience);
        return (process.ExitCode, await output);
    }

    /// <summary>Every order there is.</summary>
    public async Task<List<Order>> Orders()
    {
        using var clients = await Clients("caller");
        return await Paging.All(new ListOrdersRequest { PageSize = 1000 }, clients.Orders.ListOrdersAsync, page => page.Orders).ToListAsync();
    }

    public async Task<OrderTrackingClients> Clients(string role)
    {
        var token = await Token(role);
        return new OrderTrackingClients(new OrderTrackingClientOptions { Address = new Uri(Address), TokenProvider = _ => ValueTask.FromResult(token) });
    }

    private async Task<ProcessStartInfo> With(ProcessStartInfo start, string role)
    {
        start.Environment["ORDERTRACKING_ADDRESS"] = Address;
        start.Environment["ORDERTRACKING_TOKEN"] = await Token(role);
        start.Environment["TERM"] = "xterm-256color";
        return start;
    }
}
