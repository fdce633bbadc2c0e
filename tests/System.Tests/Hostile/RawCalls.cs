using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;

namespace OrderTracking.SystemTests.Hostile;

/// <summary>gRPC as bytes over HTTP/2, so that every part of a call can be wrong. Notes how each call was answered.</summary>
internal sealed class RawCalls(int port, ConcurrentDictionary<(string Tried, string Answer), int>? answers = null) : IDisposable
{
    private const int FrameHeaderBytes = 5;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        EnableMultipleHttp2Connections = true,
        MaxResponseHeadersLength = 128,
        // By itself the client sends no header that is not ASCII.
        RequestHeaderEncodingSelector = (_, _) => Encoding.Latin1,
    })
    {
        BaseAddress = new Uri($"http://127.0.0.1:{port}"),
        Timeout = Patience,
    };

    /// <summary>How often each answer came, by what was tried and how it was answered.</summary>
    public ConcurrentDictionary<(string Tried, string Answer), int> Answers { get; } = answers ?? new();

    public int Count => Answers.Values.Sum();

    /// <summary>A message in its frame.</summary>
    public static byte[] Frame(ReadOnlySpan<byte> message, byte flag = 0, uint? length = null)
    {
        var frame = new byte[FrameHeaderBytes + message.Length];
        frame[0] = flag;
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(1), length ?? (uint)message.Length);
        message.CopyTo(frame.AsSpan(FrameHeaderBytes));
        return frame;
    }

    /// <summary>Sends a body to a path and notes the answer under a name.</summary>
    public async Task Send(string tried, string path, byte[] body, string? token, Action<HttpRequestMessage>? change = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        (request.Version, request.VersionPolicy) = (HttpVersion.Version20, HttpVersionPolicy.RequestVersionExact);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        request.Headers.TryAddWithoutValidation("te", "trailers");
        if (token is not null)
            request.Headers.TryAddWithoutValidation("authorization", $"Bearer {token}");
        change?.Invoke(request);
        Note(tried, await Answer(request));
    }

    public void Note(string tried, string answer) => Answers.AddOrUpdate((tried, answer), 1, (_, count) => count + 1);

    public void Dispose() => _http.Dispose();

    private async Task<string> Answer(HttpRequestMessage request)
    {
        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            await response.Content.CopyToAsync(Stream.Null);
            var fields = response.Headers.Contains("grpc-status") ? response.Headers : response.TrailingHeaders;
            if (!fields.TryGetValues("grpc-status", out var status))
                return $"HTTP {(int)response.StatusCode}";
            var code = (StatusCode)int.Parse(status.Single(), CultureInfo.InvariantCulture);
            return $"{code} {(fields.TryGetValues("grpc-status-details-bin", out var details) ? ReasonOf(details.Single()) : "")}".TrimEnd();
        }
        catch (HttpRequestException error)
        {
            return $"broken off: {error.HttpRequestError}";
        }
        catch (HttpIOException error)
        {
            return $"broken off: {error.HttpRequestError}";
        }
        catch (TaskCanceledException)
        {
            return "no answer";
        }
    }

    private static string ReasonOf(string details)
    {
        var bytes = Convert.FromBase64String(details.PadRight((details.Length + 3) / 4 * 4, '='));
        return Google.Rpc.Status.Parser.ParseFrom(bytes).GetDetail<ErrorInfo>()?.Reason ?? "";
    }
}
