using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Net.Client;
using OrderTracking.BuildingBlocks.Hosting;
using OrderTracking.Host;

namespace OrderTracking.SystemTests.Replicas;

/// <summary>One service as a process of its own, beside others on the same data.</summary>
internal sealed class Replica : IAsyncDisposable
{
    private const int LinesKept = 100;
    private static readonly TimeSpan ReadyWithin = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly GrpcChannel _channel;
    private readonly DevelopmentTokens _tokens;
    private readonly Process _process;

    /// <summary>Starts it and does not wait.</summary>
    /// <param name="service">Such as <c>OrderService</c>.</param>
    /// <param name="dataDirectory">Where the databases are.</param>
    /// <param name="addresses">Where it finds the other services.</param>
    public Replica(string service, string dataDirectory, params (string Service, int Port)[] addresses)
    {
        Port = FreePort();
        _tokens = new DevelopmentTokens(dataDirectory);
        _channel = GrpcChannel.ForAddress($"http://127.0.0.1:{Port}", new GrpcChannelOptions
        {
            InitialReconnectBackoff = TimeSpan.FromMilliseconds(50),
            MaxReconnectBackoff = TimeSpan.FromMilliseconds(250),
            HttpHandler = new SocketsHttpHandler { EnableMultipleHttp2Connections = true },
        });
        string[] arguments =
        [
            // The services lie beside the tests, which refer to them.
            Path.Combine(AppContext.BaseDirectory, $"OrderTracking.{service}.dll"),
            string.Create(CultureInfo.InvariantCulture, $"--Grpc:Port={Port}"),
            $"--Storage:DataDirectory={dataDirectory}",
            .. addresses.Select(to => string.Create(CultureInfo.InvariantCulture, $"--Services:{to.Service}:Address=http://127.0.0.1:{to.Port}")),
        ];
        _process = Process.Start(new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = dataDirectory,
            Environment = { ["DOTNET_gcServer"] = "0", ["Logging__LogLevel__Default"] = "Warning", ["Logging__LogLevel__OrderTracking"] = "Information" },
        })!;
        _process.OutputDataReceived += Keep;
        _process.ErrorDataReceived += Keep;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Its port on the loopback.</summary>
    public int Port { get; }

    /// <summary>As the operating system knows it.</summary>
    public int ProcessId => _process.Id;

    /// <summary>What it said last.</summary>
    public string Output => string.Join('\n', _lines);

    /// <summary>Calls it as somebody.</summary>
    public Person As(string subject, params string[] roles) => new(subject, _tokens.Mint(subject, roles, TimeSpan.FromHours(1)), _channel);

    /// <summary>Waits until it is ready to serve.</summary>
    public async Task Ready()
    {
        var started = Stopwatch.GetTimestamp();
        while (!await Serves())
        {
            if (_process.HasExited)
                throw new InvalidOperationException($"The process ended with {_process.ExitCode} before it was ready:\n{Output}");
            if (Stopwatch.GetElapsedTime(started) > ReadyWithin)
                throw new TimeoutException($"Not ready within {ReadyWithin}:\n{Output}");
            await Task.Delay(Interval);
        }
    }

    /// <summary>Ends it at once, as a power cut would (SIGKILL).</summary>
    public async Task Kill()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    /// <summary>Asks it to end (SIGTERM) and waits until it has.</summary>
    public async Task<int> Terminate()
    {
        using var sender = Process.Start("/bin/kill", ["-s", "TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await sender.WaitForExitAsync();
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Kill();
        _process.Dispose();
        _channel.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task<bool> Serves()
    {
        try
        {
            var deadline = TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(3);
            var answer = await new Health.HealthClient(_channel).CheckAsync(new HealthCheckRequest(), deadline: deadline);
            return answer.Status == HealthCheckResponse.Types.ServingStatus.Serving;
        }
        catch (RpcException)
        {
            return false;
        }
    }

    private void Keep(object sender, DataReceivedEventArgs written)
    {
        if (written.Data is null)
            return;
        _lines.Enqueue(written.Data);
        while (_lines.Count > LinesKept)
            _lines.TryDequeue(out _);
    }
}

/// <summary>A service that takes calls and never answers.</summary>
internal sealed class SilentService : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public SilentService() => _listener.Start();

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Dispose() => _listener.Dispose();
}
