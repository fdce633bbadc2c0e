using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace OrderTracking.TestKit.Distributed;

/// <summary>A process a test started. It ends with the test at the latest, and what it said last is kept.</summary>
public sealed class ChildProcess : IAsyncDisposable
{
    private const int LinesKept = 400;

    // Reads the ids of what runs and ends it when its input closes: with this process, however that ends.
    private const string Watch = """
        running=""
        while read -r id; do
            case "$id" in
                -*) running=$(printf '%s\n' $running | grep -vx "${id#-}") ;;
                *) running="$running $id" ;;
            esac
        done
        [ -z "$running" ] || kill -9 $running
        """;

    private static readonly Lock Watching = new();
    private static readonly Lazy<Process> Watchdog = new(StartWatchdog);
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly Process _process;

    private ChildProcess(Process process) => _process = process;

    /// <summary>Its id.</summary>
    public int Id => _process.Id;

    /// <summary>Whether it ended.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>What it ended with.</summary>
    public int ExitCode => _process.ExitCode;

    /// <summary>The last lines it wrote.</summary>
    public IReadOnlyCollection<string> Output => _lines;

    /// <summary>Starts a program.</summary>
    public static ChildProcess Start(string program, IEnumerable<string> arguments, string workingDirectory, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = workingDirectory,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        var child = new ChildProcess(process);
        Tell($"{process.Id}");
        process.OutputDataReceived += child.Keep;
        process.ErrorDataReceived += child.Keep;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return child;
    }

    /// <summary>Ends it at once, as a power cut would (SIGKILL).</summary>
    public async Task Kill()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    /// <summary>Sends a signal, such as TERM, STOP or CONT.</summary>
    public async Task Signal(string name)
    {
        using var sender = Process.Start("/bin/kill", ["-s", name, _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await sender.WaitForExitAsync();
    }

    /// <summary>Waits until it ended by itself.</summary>
    /// <exception cref="TimeoutException">It did not in time.</exception>
    public async Task<int> Ended(TimeSpan within)
    {
        using var deadline = new CancellationTokenSource(within);
        try
        {
            await _process.WaitForExitAsync(deadline.Token);
            return _process.ExitCode;
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"Process {Id} did not end within {within}.\n{string.Join('\n', Output)}");
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Kill();
        Tell($"-{_process.Id}");
        _process.Dispose();
    }

    private static Process StartWatchdog() => Process.Start(new ProcessStartInfo("/bin/sh", ["-c", Watch])
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    private static void Tell(string line)
    {
        lock (Watching)
        {
            Watchdog.Value.StandardInput.WriteLine(line);
            Watchdog.Value.StandardInput.Flush();
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
