using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace OrderTracking.SystemTests.Hostile;

/// <summary>A connection that speaks HTTP/2 frame by frame, as badly as it is told to.</summary>
internal sealed class RawConnection : IDisposable
{
    private const byte Data = 0;
    private const byte Headers = 1;
    private const byte ResetStream = 3;
    private const byte Settings = 4;
    private const byte EndHeaders = 4;
    private readonly TcpClient _client = new();

    private RawConnection()
    {
    }

    public static async Task<RawConnection> Open(int port)
    {
        var connection = new RawConnection();
        await connection._client.ConnectAsync("127.0.0.1", port);
        return connection;
    }

    /// <summary>Sends bytes that are no HTTP/2 at all, or its beginning.</summary>
    public async Task Send(params byte[][] pieces)
    {
        foreach (var piece in pieces)
            await _client.GetStream().WriteAsync(piece);
    }

    /// <summary>The preface and empty settings.</summary>
    public Task Greet() => Send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray(), Frame(Settings, 0, 0, []));

    /// <summary>
    /// Opens streams of a method one after the other and resets each, or leaves it. Ends early where the server closes the connection: that
    /// is its answer.
    /// </summary>
    /// <returns>How many were opened.</returns>
    public async Task<int> OpenStreams(int count, string path, string token, byte[] body, bool reset)
    {
        var headers = Block((":method", "POST"), (":scheme", "http"), (":path", path), (":authority", "127.0.0.1"), ("te", "trailers"),
            ("content-type", "application/grpc"), ("authorization", $"Bearer {token}"));
        for (var stream = 0; stream < count; stream++)
        {
            var id = (uint)((stream * 2) + 1);
            try
            {
                await Send(Frame(Headers, EndHeaders, id, headers), Frame(Data, 0, id, body));
                if (reset)
                    await Send(Frame(ResetStream, 0, id, [0, 0, 0, 8]));
            }
            catch (IOException)
            {
                return stream;
            }
        }

        return count;
    }

    /// <summary>A frame of a type; its length as stated where that is not the truth.</summary>
    public static byte[] Frame(byte type, byte flags, uint stream, ReadOnlySpan<byte> payload, int? stated = null)
    {
        var frame = new byte[9 + payload.Length];
        BinaryPrimitives.WriteUInt32BigEndian(frame, (uint)(stated ?? payload.Length) << 8);
        (frame[3], frame[4]) = (type, flags);
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(5), stream);
        payload.CopyTo(frame.AsSpan(9));
        return frame;
    }

    public void Dispose() => _client.Dispose();

    // HPACK without index and without Huffman: a zero, then name and value, each after its length.
    private static byte[] Block(params (string Name, string Value)[] fields) =>
        [.. fields.SelectMany(field => (byte[])[0, .. Text(field.Name), .. Text(field.Value)])];

    private static byte[] Text(string text)
    {
        var bytes = Encoding.ASCII.GetBytes(text);
        var length = new List<byte>();
        if (bytes.Length < 127)
        {
            length.Add((byte)bytes.Length);
        }
        else
        {
            length.Add(127);
            var rest = bytes.Length - 127;
            for (; rest >= 128; rest /= 128)
                length.Add((byte)((rest % 128) + 128));
            length.Add((byte)rest);
        }

        return [.. length, .. bytes];
    }
}
