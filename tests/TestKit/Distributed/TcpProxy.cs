using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace OrderTracking.TestKit.Distributed;

/// <summary>
/// A way through the loopback that can be made slow, silent or broken. With several targets it stands for a virtual address: a
/// connection goes to the next one that takes it.
/// </summary>
public sealed class TcpProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly IReadOnlyList<int> _targets;
    private readonly ConcurrentDictionary<Connection, byte> _open = new();
    private readonly CancellationTokenSource _ending = new();
    private readonly Gate _requests = new();
    private readonly Gate _answers = new();
    private readonly Task _accepting;
    private int _next;
    private volatile bool _refusing;

    /// <summary>Listens at once.</summary>
    public TcpProxy(params IReadOnlyList<int> targets)
    {
        _targets = targets;
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = Accept();
    }

    /// <summary>Where it listens.</summary>
    public int Port { get; }

    /// <summary>How long every piece is kept before it goes on.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>Bytes that came back from the targets.</summary>
    public long AnswerBytes => Interlocked.Read(ref _answerBytes);

    private long _answerBytes;

    /// <summary>How many connections it has taken so far.</summary>
    public int Accepted => Volatile.Read(ref _accepted);

    private int _accepted;

    /// <summary>How many connections are open now.</summary>
    public int Open => _open.Count;

    /// <summary>Nothing goes through in either direction; connections stay open, as in a network that lost its way.</summary>
    public void Stall()
    {
        _requests.Close();
        _answers.Close();
    }

    /// <summary>Requests go through, answers do not.</summary>
    public void StallAnswers() => _answers.Close();

    /// <summary>Breaks every connection off with a reset and takes no new one until it passes again.</summary>
    public void Refuse()
    {
        _refusing = true;
        Reset();
    }

    /// <summary>Breaks every connection off with a reset; new ones are taken.</summary>
    public void Reset()
    {
        foreach (var connection in _open.Keys)
            connection.Break();
    }

    /// <summary>Everything goes through again.</summary>
    public void Pass()
    {
        (_refusing, Delay) = (false, TimeSpan.Zero);
        _requests.Open();
        _answers.Open();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        _listener.Stop();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Reset();
        _ending.Dispose();
    }

    private async Task Accept()
    {
        while (true)
        {
            var client = await _listener.AcceptSocketAsync(_ending.Token);
            Interlocked.Increment(ref _accepted);
            _ = Serve(client);
        }
    }

    private async Task Serve(Socket client)
    {
        Socket? server = null;
        if (!_refusing)
            server = await Connect();
        if (server is null)
        {
            client.Close(timeout: 0);
            return;
        }

        var connection = new Connection(client, server);
        _open[connection] = 0;
        await Task.WhenAny(Pump(client, server, _requests, counted: false), Pump(server, client, _answers, counted: true));
        connection.Break();
        _open.TryRemove(connection, out _);
    }

    private async Task<Socket?> Connect()
    {
        for (var attempt = 0; attempt < _targets.Count; attempt++)
        {
            var port = _targets[(int)((uint)Interlocked.Increment(ref _next) % (uint)_targets.Count)];
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(IPAddress.Loopback, port, _ending.Token);
                return socket;
            }
            catch (Exception error) when (error is SocketException or OperationCanceledException)
            {
                socket.Dispose();
            }
        }

        return null;
    }

    private async Task Pump(Socket from, Socket to, Gate gate, bool counted)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            from.NoDelay = true;
            while (await from.ReceiveAsync(buffer, _ending.Token) is > 0 and var read)
            {
                if (Delay > TimeSpan.Zero)
                    await Task.Delay(Delay, _ending.Token);
                await gate.Pass(_ending.Token);
                for (var sent = 0; sent < read;)
                    sent += await to.SendAsync(buffer.AsMemory(sent, read - sent), _ending.Token);
                if (counted)
                    Interlocked.Add(ref _answerBytes, read);
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // One end is gone; the other follows.
        }
    }

    private sealed class Connection(Socket client, Socket server)
    {
        public void Break()
        {
            client.Close(timeout: 0);
            server.Close(timeout: 0);
        }
    }

    private sealed class Gate
    {
        private volatile TaskCompletionSource? _closed;

        public void Close() => _closed ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Open() => Interlocked.Exchange(ref _closed, null)?.SetResult();

        public Task Pass(CancellationToken cancellation) => _closed?.Task.WaitAsync(cancellation) ?? Task.CompletedTask;
    }
}
