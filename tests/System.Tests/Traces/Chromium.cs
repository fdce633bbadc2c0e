using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using Xunit;

namespace OrderTracking.SystemTests.Traces;

/// <summary>A browser with one page, driven by its own debugging protocol. Without the program on the machine the test is skipped.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    private const string Listening = "DevTools listening on ";
    private static readonly string[] Programs = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly string _profile;
    private readonly ClientWebSocket _socket = new();
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonNode>> _asked = [];
    private readonly SemaphoreSlim _sending = new(1);
    private Task _reading = Task.CompletedTask;
    private TaskCompletionSource _loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _id;

    private Chromium(Process process, string profile) => (_process, _profile) = (process, profile);

    /// <summary>What the page's console says: among it, each thing that the content policy keeps out.</summary>
    public ConcurrentQueue<string> Complaints { get; } = [];

    public static async Task<Chromium> Start()
    {
        var program = Programs.Select(InPath).FirstOrDefault(found => found is not null);
        Assert.SkipWhen(program is null, "Chromium: there is no browser on this machine (apt-get install chromium).");
        var profile = Directory.CreateTempSubdirectory("ordertracking-chromium-").FullName;
        // The sandbox wants what a container does not have; nothing but our own page is opened.
        var process = Process.Start(new ProcessStartInfo(program!,
            ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--remote-debugging-port=0", $"--user-data-dir={profile}", "about:blank"])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        var browser = new Chromium(process, profile);
        try
        {
            await browser.Open();
            return browser;
        }
        catch
        {
            await browser.DisposeAsync();
            throw;
        }
    }

    /// <summary>Opens an address and waits until it is loaded, styles and all.</summary>
    public Task Go(Uri address) => Loading(() => Ask("Page.navigate", new JsonObject { ["url"] = address.ToString() }));

    /// <summary>Does what makes the page another one, and waits until that one is loaded.</summary>
    public async Task Loading(Func<Task> act)
    {
        _loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await act();
        await _loaded.Task.WaitAsync(Patience);
    }

    /// <summary>The value of an expression in the page.</summary>
    public async Task<JsonNode?> Evaluate(string expression)
    {
        var answer = await Ask("Runtime.evaluate", new JsonObject { ["expression"] = expression, ["returnByValue"] = true });
        Assert.True(answer["exceptionDetails"] is null, answer.ToJsonString());
        return answer["result"]!["value"];
    }

    public Task Show(int width, bool isDark) => Task.WhenAll(
        Ask("Emulation.setDeviceMetricsOverride", new JsonObject { ["width"] = width, ["height"] = 900, ["deviceScaleFactor"] = 1, ["mobile"] = false }),
        Ask("Emulation.setEmulatedMedia", new JsonObject
        {
            ["features"] = new JsonArray(new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = isDark ? "dark" : "light" }),
        }));

    public Task Type(string text) => Ask("Input.insertText", new JsonObject { ["text"] = text });

    public async Task Press(string key, int code)
    {
        foreach (var type in new[] { "rawKeyDown", "keyUp" })
            await Ask("Input.dispatchKeyEvent", Key(type));
        JsonObject Key(string type) => new() { ["type"] = type, ["key"] = key, ["code"] = key, ["windowsVirtualKeyCode"] = code };
    }

    /// <summary>Enter, which sends a form and follows a link.</summary>
    public async Task Enter()
    {
        await Ask("Input.dispatchKeyEvent", new JsonObject { ["type"] = "keyDown", ["key"] = "Enter", ["code"] = "Enter", ["windowsVirtualKeyCode"] = 13, ["text"] = "\r" });
        await Ask("Input.dispatchKeyEvent", new JsonObject { ["type"] = "keyUp", ["key"] = "Enter", ["code"] = "Enter", ["windowsVirtualKeyCode"] = 13 });
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        await _reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _process.Dispose();
        _socket.Dispose();
        _sending.Dispose();
        try
        {
            Directory.Delete(_profile, recursive: true);
        }
        catch (IOException)
        {
            // A helper process of the browser still writes there; the directory is the system's to clear.
        }
    }

    private async Task Open()
    {
        var listening = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        // A full pipe would stop the process, so both are read to their ends.
        _process.OutputDataReceived += (_, _) => { };
        _process.ErrorDataReceived += (_, said) =>
        {
            if (said.Data?.StartsWith(Listening, StringComparison.Ordinal) == true)
                listening.TrySetResult(new Uri(said.Data[Listening.Length..]));
        };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        var browser = await listening.Task.WaitAsync(Patience);
        using var http = new HttpClient();
        using var answer = await http.PutAsync(new Uri($"http://{browser.Authority}/json/new?about:blank"), content: null);
        var page = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["webSocketDebuggerUrl"]!.GetValue<string>();
        await _socket.ConnectAsync(new Uri(page), CancellationToken.None);
        _reading = Task.Run(Read);
        foreach (var domain in new[] { "Page", "Runtime", "Log" })
            await Ask($"{domain}.enable", []);
    }

    private async Task<JsonNode> Ask(string method, JsonObject parameters)
    {
        var id = Interlocked.Increment(ref _id);
        var answer = _asked[id] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var bytes = Encoding.UTF8.GetBytes(new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters }.ToJsonString());
        await _sending.WaitAsync();
        try
        {
            await _socket.SendAsync(bytes, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        }
        finally
        {
            _sending.Release();
        }

        var said = await answer.Task.WaitAsync(Patience);
        return said["result"] ?? throw new InvalidOperationException($"{method}: {said.ToJsonString()}");
    }

    private async Task Read()
    {
        var part = new byte[64 * 1024];
        using var message = new MemoryStream();
        while (_socket.State == WebSocketState.Open)
        {
            var read = await _socket.ReceiveAsync(part, CancellationToken.None);
            message.Write(part, 0, read.Count);
            if (!read.EndOfMessage)
                continue;
            Take(JsonNode.Parse(Encoding.UTF8.GetString(message.GetBuffer(), 0, (int)message.Length))!);
            message.SetLength(0);
        }
    }

    private void Take(JsonNode message)
    {
        if (message["id"] is { } id && _asked.TryRemove(id.GetValue<int>(), out var answer))
            answer.SetResult(message);
        switch (message["method"]?.GetValue<string>())
        {
            case "Page.loadEventFired":
                _loaded.TrySetResult();
                break;
            case "Log.entryAdded" or "Runtime.exceptionThrown" or "Runtime.consoleAPICalled":
                Complaints.Enqueue(message["params"]!.ToJsonString());
                break;
        }
    }

    private static string? InPath(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator).Select(directory => Path.Combine(directory, program)).FirstOrDefault(File.Exists);
}
