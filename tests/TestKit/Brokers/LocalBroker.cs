using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace OrderTracking.TestKit.Brokers;

/// <summary>A node of the RabbitMQ installed here, on the loopback, with directory, ports, name and name server of its own.</summary>
internal sealed class LocalBroker : TestBroker
{
    private static readonly TimeSpan ReadyWithin = TimeSpan.FromSeconds(180);
    private static readonly TimeSpan EndsWithin = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private readonly string _program;
    private readonly string _directory;
    private readonly int _port;
    private readonly int _namesPort;
    private readonly Dictionary<string, string> _environment;
    private Process? _names;
    private Process? _server;
    private Process? _watchdog;

    private LocalBroker(string program)
    {
        _program = program;
        _directory = Directory.CreateTempSubdirectory("ordertracking-rabbitmq-").FullName;
        _port = FreePort();
        _namesPort = FreePort();
        Directory.CreateDirectory(InDirectory("home"));
        File.WriteAllText(InDirectory("enabled_plugins"), "[].");
        File.WriteAllText(InDirectory("environment.conf"), "");
        File.WriteAllText(InDirectory("rabbitmq.conf"), $"""
            listeners.tcp.1 = 127.0.0.1:{_port}
            vm_memory_high_watermark.absolute = 512MiB
            disk_free_limit.absolute = 50MB
            raft.wal_max_size_bytes = 16777216
            log.console = true
            log.console.level = warning

            """);
        _environment = new Dictionary<string, string>
        {
            // The cookie lies in the home directory: of its own, so that it is no node of anybody's cluster.
            ["HOME"] = InDirectory("home"),
            ["RABBITMQ_NODENAME"] = string.Create(CultureInfo.InvariantCulture, $"ordertracking{_port}@localhost"),
            ["RABBITMQ_DIST_PORT"] = FreePort().ToString(CultureInfo.InvariantCulture),
            ["RABBITMQ_CONFIG_FILE"] = InDirectory("rabbitmq.conf"),
            ["RABBITMQ_CONF_ENV_FILE"] = InDirectory("environment.conf"),
            ["RABBITMQ_ENABLED_PLUGINS_FILE"] = InDirectory("enabled_plugins"),
            ["RABBITMQ_MNESIA_BASE"] = InDirectory("data"),
            ["RABBITMQ_LOG_BASE"] = InDirectory("log"),
            ["RABBITMQ_LOGS"] = "-",
            ["RABBITMQ_PID_FILE"] = InDirectory("pid"),
            // Threads that wait do not spin: the machine is the tests' too.
            ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = "+sbwt none +sbwtdcpu none +sbwtdio none",
            ["ERL_EPMD_PORT"] = _namesPort.ToString(CultureInfo.InvariantCulture),
            ["ERL_EPMD_ADDRESS"] = IPAddress.Loopback.ToString(),
        };
    }

    /// <inheritdoc/>
    public override string Address => string.Create(CultureInfo.InvariantCulture, $"amqp://127.0.0.1:{_port}/");

    /// <inheritdoc/>
    public override bool CanBeStopped => true;

    /// <summary>Null where RabbitMQ is not installed.</summary>
    public static LocalBroker? TryCreate()
    {
        // Debian's program on the path wants to be started by root or the user rabbitmq; the one below it does not mind.
        var directories = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
        var program = directories.Select(directory => Path.Combine(directory, "rabbitmq-server"))
            .Prepend("/usr/lib/rabbitmq/bin/rabbitmq-server")
            .FirstOrDefault(File.Exists);
        return program is null ? null : new LocalBroker(program);
    }

    /// <inheritdoc/>
    public override async Task Start()
    {
        _names ??= Run("epmd", ["-port", $"{_namesPort}", "-address", "127.0.0.1"]);
        _server = Run(_program, []);
        var since = Stopwatch.GetTimestamp();
        while (!await Answers())
        {
            if (_server.HasExited || Stopwatch.GetElapsedTime(since) > ReadyWithin)
                throw new InvalidOperationException($"RabbitMQ did not start; its directory was {_directory}.");
            await Task.Delay(Interval);
        }

        StartWatchdog();
    }

    /// <inheritdoc/>
    public override async Task Stop()
    {
        // .NET ends processes the hard way only.
        using (var signal = Process.Start("kill", ["-TERM", (await File.ReadAllTextAsync(InDirectory("pid"))).Trim()]))
            await signal.WaitForExitAsync();
        using var patience = new CancellationTokenSource(EndsWithin);
        await _server!.WaitForExitAsync(patience.Token);
        Ended();
    }

    /// <inheritdoc/>
    public override async Task Kill()
    {
        if (_server is { HasExited: false })
        {
            _server.Kill(entireProcessTree: true);
            await _server.WaitForExitAsync();
        }

        Ended();
    }

    /// <inheritdoc/>
    public override async Task Control(params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(Path.GetDirectoryName(_program)!, "rabbitmqctl"), arguments)
        {
            WorkingDirectory = _directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in _environment)
            start.Environment[name] = value;
        using var tool = Process.Start(start)!;
        var said = await Task.WhenAll(tool.StandardOutput.ReadToEndAsync(), tool.StandardError.ReadToEndAsync());
        await tool.WaitForExitAsync();
        if (tool.ExitCode != 0)
            throw new InvalidOperationException($"rabbitmqctl {arguments[0]}: {string.Concat(said)}");
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await Kill();
        if (_names is { HasExited: false })
            _names.Kill();
        _names?.Dispose();
        _names = null;
        if (Directory.Exists(_directory))
            Directory.Delete(_directory, recursive: true);
        await base.DisposeAsync();
    }

    private void Ended()
    {
        _watchdog?.Kill();
        _watchdog?.Dispose();
        _watchdog = null;
        _server?.Dispose();
        _server = null;
    }

    // Waits for the end of this process, however it ends (its end of the pipe closes then), and takes the node along.
    private void StartWatchdog()
    {
        var pid = File.ReadAllText(InDirectory("pid")).Trim();
        _watchdog = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "cat > /dev/null; kill -9 \"$@\"; rm -rf \"$0\"", _directory, $"{_server!.Id}", pid, $"{_names!.Id}"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        });
    }

    private Process Run(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = _directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in _environment)
            start.Environment[name] = value;
        var process = Process.Start(start)!;
        process.StandardInput.Close();
        // Nobody reads it; a full pipe would stop the process.
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private async Task<bool> Answers()
    {
        try
        {
            await using var connection = await Connect();
            return File.Exists(InDirectory("pid"));
        }
        catch (Exception error) when (error is RabbitMQ.Client.Exceptions.BrokerUnreachableException or IOException or OperationCanceledException)
        {
            return false;
        }
    }

    private string InDirectory(string name) => Path.Combine(_directory, name);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
