using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace OrderTracking.Client.Tests;

/// <summary>The programs of the repository, run as a person runs them.</summary>
internal static class Programs
{
    private static readonly string Configuration = Path.GetFileName(Path.GetDirectoryName(AppContext.BaseDirectory.TrimEnd('/')))!;

    public static string Root { get; } = RootOf();

    public static string Dotnet { get; } = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    public static string Host { get; } = Built("services/Host", "OrderTracking.Host.dll");

    public static string Sample { get; } = Built("services/Client/Sample", "OrderTracking.Sample.dll");

    /// <summary>Runs a program to its end.</summary>
    public static async Task<(int ExitCode, string Output)> Run(string directory, params string[] args)
    {
        using var process = Process.Start(Start(directory, args))!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(5));
        return (process.ExitCode, await output + await errors);
    }

    public static ProcessStartInfo Start(string directory, params string[] args) => new(Dotnet, args)
    {
        WorkingDirectory = directory,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    };

    private static string Built(string project, string file) => Path.Combine(Root, project, "bin", Configuration, "net10.0", file);

    private static string RootOf([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));
}

/// <summary>A Host with a data directory of its own, until disposed.</summary>
internal sealed class HostProgram : IAsyncDisposable
{
    private static readonly TimeSpan ReadyWithin = TimeSpan.FromSeconds(60);
    private readonly string[] _args;
    private readonly string _directory;
    private Process _process = null!;

    private HostProgram(string[] args, string directory, int port) => (_args, _directory, Address) = (args, directory, $"http://127.0.0.1:{port}");

    public string Address { get; }

    /// <summary>Where its databases are.</summary>
    public string Directory => _directory;

    public static async Task<HostProgram> Run(params string[] settings)
    {
        var (directory, port) = (System.IO.Directory.CreateTempSubdirectory("ordertracking-client-").FullName, FreePort());
        var host = new HostProgram([Programs.Host, $"--Grpc:Port={port}", $"--Storage:DataDirectory={directory}", .. settings], directory, port);
        await host.Start();
        return host;
    }

    /// <summary>Ends it as a power cut would.</summary>
    public async Task Kill()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    /// <summary>Starts it on the data it has.</summary>
    public async Task Start()
    {
        _process = Process.Start(Programs.Start(_directory, _args))!;
        _ = _process.StandardError.ReadToEndAsync();
        // The banner is printed when it serves.
        var banner = _process.StandardOutput.ReadLineAsync().WaitAsync(ReadyWithin);
        if (await banner is null)
            throw new InvalidOperationException("The Host ended before it was ready.");
        _ = _process.StandardOutput.ReadToEndAsync();
    }

    public async Task<string> Token(string subject, string role)
    {
        var (code, output) = await Programs.Run(
            _directory, Programs.Host, "token", "--subject", subject, "--role", role, $"--Storage:DataDirectory={_directory}");
        return code == 0 ? output.Trim() : throw new InvalidOperationException(output);
    }

    public async ValueTask DisposeAsync()
    {
        await Kill();
        System.IO.Directory.Delete(_directory, recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
