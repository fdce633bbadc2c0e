using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace OrderTracking.TestKit.Distributed;

/// <summary>A RabbitMQ node of the test's own, on the loopback, that may be ended in any way and started again on the same data and port.</summary>
public sealed class BrokerNode : IAsyncDisposable
{
    // The wrapper in the path wants the user rabbitmq; the program itself does not mind who runs it.
    private const string Program = "/usr/lib/rabbitmq/bin/rabbitmq-server";
    private static readonly TimeSpan ReadyWithin = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private static readonly byte[] Greeting = [(byte)'A', (byte)'M', (byte)'Q', (byte)'P', 0, 0, 9, 1];
    private readonly string _directory;
    private readonly Dictionary<string, string> _environment;
    private ChildProcess? _process;

    /// <summary>Starts nothing yet.</summary>
    public BrokerNode()
    {
        _directory = Directory.CreateTempSubdirectory("ordertracking-broker-").FullName;
        Port = FreePorts.Next();
        File.WriteAllText(Path.Combine(_directory, "plugins"), "[].");
        File.WriteAllText(Path.Combine(_directory, "rabbitmq.conf"), "disk_free_limit.absolute = 50MB\nlog.console.level = warning\n");
        File.WriteAllText(Path.Combine(_directory, "env.conf"), "");
        _environment = new Dictionary<string, string>
        {
            ["HOME"] = _directory,
            ["RABBITMQ_NODENAME"] = $"ordertracking{Port}@localhost",
            ["RABBITMQ_NODE_IP_ADDRESS"] = IPAddress.Loopback.ToString(),
            ["RABBITMQ_NODE_PORT"] = $"{Port}",
            ["RABBITMQ_DIST_PORT"] = $"{FreePorts.Next()}",
            ["RABBITMQ_MNESIA_BASE"] = Path.Combine(_directory, "mnesia"),
            ["RABBITMQ_LOG_BASE"] = Path.Combine(_directory, "log"),
            ["RABBITMQ_LOGS"] = "-",
            ["RABBITMQ_ENABLED_PLUGINS_FILE"] = Path.Combine(_directory, "plugins"),
            ["RABBITMQ_CONFIG_FILE"] = Path.Combine(_directory, "rabbitmq"),
            ["RABBITMQ_CONF_ENV_FILE"] = Path.Combine(_directory, "env.conf"),
            // Its own name server, which ends with it.
            ["ERL_EPMD_PORT"] = $"{FreePorts.Next()}",
            ["ERL_EPMD_ADDRESS"] = IPAddress.Loopback.ToString(),
        };
    }

    /// <summary>Whether RabbitMQ is installed on this machine.</summary>
    public static bool IsInstalled => File.Exists(Program);

    /// <summary>Its AMQP port.</summary>
    public int Port { get; }

    /// <summary>Whether it runs.</summary>
    public bool IsRunning => _process is { HasExited: false };

    /// <summary>What it said last.</summary>
    public IReadOnlyCollection<string> Output => _process?.Output ?? [];

    /// <summary>Starts it and waits until it takes connections.</summary>
    public async Task Start()
    {
        _process = ChildProcess.Start(Program, [], _directory, _environment);
        var started = Stopwatch.GetTimestamp();
        while (!await Answers())
        {
            if (_process.HasExited || Stopwatch.GetElapsedTime(started) > ReadyWithin)
                throw new InvalidOperationException($"RabbitMQ did not start:\n{string.Join('\n', _process.Output)}");
            await Task.Delay(Interval);
        }
    }

    /// <summary>Ends it at once, as a power cut would (SIGKILL).</summary>
    public async Task Kill()
    {
        if (_process is null)
            return;
        await _process.DisposeAsync();
        _process = null;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Kill();
        using var names = Process.Start(new ProcessStartInfo("epmd", ["-kill"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["ERL_EPMD_PORT"] = _environment["ERL_EPMD_PORT"] },
        })!;
        await names.WaitForExitAsync();
        Directory.Delete(_directory, recursive: true);
    }

    // A port that is bound is not a broker that speaks: it answers the protocol's greeting when it does.
    private async Task<bool> Answers()
    {
        using var client = new TcpClient();
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, Port, deadline.Token);
            var stream = client.GetStream();
            await stream.WriteAsync(Greeting, deadline.Token);
            return await stream.ReadAsync(new byte[1], deadline.Token) == 1;
        }
        catch (Exception error) when (error is SocketException or IOException or OperationCanceledException)
        {
            return false;
        }
    }
}
