using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Net.Client;
using OrderTracking.BuildingBlocks.Hosting;
using OrderTracking.Host;

namespace OrderTracking.TestKit;

/// <summary>The Host as a process of its own that a test may kill and start again on the same data and the same port.</summary>
public sealed class HostProcess : IAsyncDisposable
{
    private static readonly TimeSpan HealthyWithin = TimeSpan.FromSeconds(60);
    private readonly GrpcChannel _channel;
    private readonly DevelopmentTokens _tokens;
    private Process? _process;

    /// <summary>Starts nothing yet.</summary>
    /// <param name="dataDirectory">Where its databases are.</param>
    public HostProcess(string dataDirectory)
    {
        DataDirectory = dataDirectory;
        Port = FreePort();
        _tokens = new DevelopmentTokens(dataDirectory);
        // The default back-off grows to two minutes; the server is back in seconds.
        _channel = GrpcChannel.ForAddress($"http://127.0.0.1:{Port}", new GrpcChannelOptions
        {
            InitialReconnectBackoff = TimeSpan.FromMilliseconds(50),
            MaxReconnectBackoff = TimeSpan.FromMilliseconds(250),
        });
    }

    /// <summary>Where its databases are.</summary>
    public string DataDirectory { get; }

    /// <summary>Its gRPC port on the loopback.</summary>
    public int Port { get; }

    /// <summary>The program that is started: the Host of this build, or of a former one.</summary>
    public string Program { get; set; } = typeof(HostApp).Assembly.Location;

    /// <summary>Takes each line the process writes; none by default.</summary>
    public Action<string>? Said { get; set; }

    /// <summary>The process while it runs.</summary>
    public Process Process => _process ?? throw new InvalidOperationException("The Host is not running.");

    /// <summary>A bearer token of these roles.</summary>
    public string Token(string subject, params string[] roles) => _tokens.Mint(subject, roles, TimeSpan.FromHours(4));

    /// <summary>Calls it as somebody.</summary>
    public Person As(string subject, params string[] roles) => new(subject, _tokens.Mint(subject, roles, TimeSpan.FromHours(4)), _channel);

    /// <summary>Starts the process and waits until it is ready to serve.</summary>
    /// <param name="environment">Variables the process sees beside this one's.</param>
    public async Task Start(params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            [Program, $"--Grpc:Port={Port}", $"--Storage:DataDirectory={DataDirectory}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // As a variable: a former version has no such option.
        start.Environment["Traces__Page__Port"] = "none";
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        _process = Process.Start(start)!;
        // A full pipe would stop the process, whether anybody reads it or not.
        _process.OutputDataReceived += (_, said) =>
        {
            if (said.Data is { } line)
                Said?.Invoke(line);
        };
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await Healthy();
    }

    /// <summary>Ends the process at once, as a power cut would (SIGKILL).</summary>
    public async Task Kill()
    {
        _process!.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
            await Kill();
        _channel.Dispose();
    }

    private async Task Healthy()
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                var answer = await new Health.HealthClient(_channel).CheckAsync(new HealthCheckRequest(), deadline: null);
                if (answer.Status == HealthCheckResponse.Types.ServingStatus.Serving)
                    return;
            }
            catch (RpcException) when (Stopwatch.GetElapsedTime(started) < HealthyWithin)
            {
                // Not listening yet; asked again below.
            }

            if (_process!.HasExited)
                throw new InvalidOperationException($"The Host ended with code {_process.ExitCode} before it was ready.");
            if (Stopwatch.GetElapsedTime(started) > HealthyWithin)
                throw new TimeoutException("The Host was not ready in time.");
            await Task.Delay(TimeSpan.FromMilliseconds(25));
        }
    }

    /// <summary>A port of the loopback that nobody has at the moment.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
