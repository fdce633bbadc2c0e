using System.Diagnostics;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Net.Client;
using Serving = Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus;

namespace OrderTracking.TestKit.Distributed;

/// <summary>One service as a process of its own. It may be ended in any way and started again on the same port and data.</summary>
/// <param name="name">What it is called in messages, such as <c>orders-1</c>.</param>
/// <param name="assembly">The service's program.</param>
/// <param name="port">Its gRPC port on the loopback.</param>
/// <param name="workingDirectory">Where it runs.</param>
/// <param name="settings">Its configuration; may be changed between two starts.</param>
public sealed class ServiceProcess(string name, string assembly, int port, string workingDirectory, IDictionary<string, string> settings)
    : IAsyncDisposable
{
    /// <summary>How long a process may need until it is ready: the machine may be busy.</summary>
    public static readonly TimeSpan ReadyWithin = TimeSpan.FromSeconds(90);

    private const int LinesKept = 60;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan ProbeDeadline = TimeSpan.FromSeconds(3);

    // The default back-off grows to two minutes; the server is back in seconds.
    private readonly GrpcChannel _channel = GrpcChannel.ForAddress($"http://127.0.0.1:{port}", new GrpcChannelOptions
    {
        InitialReconnectBackoff = TimeSpan.FromMilliseconds(50),
        MaxReconnectBackoff = TimeSpan.FromMilliseconds(250),
    });

    private ChildProcess? _process;

    /// <summary>What it is called.</summary>
    public string Name => name;

    /// <summary>Its port.</summary>
    public int Port => port;

    /// <summary>Its configuration.</summary>
    public IDictionary<string, string> Settings => settings;

    /// <summary>Calls this very process.</summary>
    public GrpcChannel Channel => _channel;

    /// <summary>Whether it runs.</summary>
    public bool IsRunning => _process is { HasExited: false };

    /// <summary>The process as the operating system knows it.</summary>
    public ChildProcess Process => _process ?? throw new InvalidOperationException($"{name} was not started.");

    /// <summary>A program and its arguments the service is started by; by default it is started as it is.</summary>
    public IReadOnlyList<string> Wrapper { get; init; } = [];

    /// <summary>Starts it and waits until it is ready.</summary>
    public async Task Start()
    {
        Launch();
        await Ready();
    }

    /// <summary>Starts it and does not wait.</summary>
    public void Launch()
    {
        var dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        string[] command = [.. Wrapper, dotnet, assembly, $"--Grpc:Port={port}", .. settings.Select(setting => $"--{setting.Key}={setting.Value}")];
        var environment = new Dictionary<string, string>
        {
            // One heap: many processes share few cores here.
            ["DOTNET_gcServer"] = "0",
            ["Logging__LogLevel__Default"] = "Warning",
            // It tells every second what the tests ask for themselves.
            ["Logging__LogLevel__Microsoft.Extensions.Diagnostics.HealthChecks"] = "None",
        };
        _process = ChildProcess.Start(command[0], command[1..], workingDirectory, environment);
    }

    /// <summary>Ends it at once (SIGKILL).</summary>
    public async Task Kill()
    {
        await Process.DisposeAsync();
        LastOutput = [.. LastOutput.TakeLast(LinesKept), .. Process.Output.TakeLast(LinesKept)];
        _process = null;
    }

    /// <summary>Asks it to end (SIGTERM) and returns the exit code.</summary>
    public async Task<int> Terminate(TimeSpan within)
    {
        await Process.Signal("TERM");
        var code = await Process.Ended(within);
        await Kill();
        return code;
    }

    /// <summary>What the processes that ended said last.</summary>
    public IReadOnlyCollection<string> LastOutput { get; private set; } = [];

    /// <summary>What a health probe says of a service; NOT_SERVING as well where nobody answers.</summary>
    public async Task<Serving> Health(string service = "")
    {
        try
        {
            var deadline = TimeProvider.System.GetUtcNow().UtcDateTime + ProbeDeadline;
            return (await new Health.HealthClient(_channel).CheckAsync(new HealthCheckRequest { Service = service }, deadline: deadline)).Status;
        }
        catch (RpcException error) when (error.StatusCode is not StatusCode.NotFound)
        {
            return Serving.NotServing;
        }
    }

    /// <summary>Waits until it is ready.</summary>
    /// <exception cref="InvalidOperationException">It ended instead; with its last lines.</exception>
    public async Task Ready()
    {
        var started = Stopwatch.GetTimestamp();
        while (await Health() != Serving.Serving)
        {
            if (Process.HasExited)
                throw new InvalidOperationException($"{name} ended with {Process.ExitCode} before it was ready:\n{string.Join('\n', Process.Output)}");
            if (Stopwatch.GetElapsedTime(started) > ReadyWithin)
                throw new TimeoutException($"{name} was not ready within {ReadyWithin}:\n{string.Join('\n', Process.Output)}");
            await Task.Delay(Interval);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await Kill();
        _channel.Dispose();
    }
}
