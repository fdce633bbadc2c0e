using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using OrderTracking.Orders.V1;
using OrderTracking.SystemTests.Access;
using OrderTracking.SystemTests.Contracts;
using OrderTracking.TestKit;

namespace OrderTracking.SystemTests.Hostile;

/// <summary>What an attacker sends, kind by kind.</summary>
internal sealed class HostileRequests(HostProcess host, RawCalls calls, MessageForge forge)
{
    private const int MessageBytesMax = 4 * 1024 * 1024;
    private const int AtOnce = 16;
    private const int LargeAtOnce = 16;
    private const string Place = "/ordertracking.orders.v1.OrderService/PlaceOrder";
    private const string WatchOrder = "/ordertracking.orders.v1.OrderService/WatchOrder";
    private const string BatchCheck = "/ordertracking.compliance.v1.ComplianceService/BatchCheckShipments";
    private static readonly string[] StreamsThatStay = ["/Watch", "/WaitOperation"];
    private readonly IReadOnlyDictionary<string, IReadOnlyList<string>> _roles = RoleMatrix.Read();
    private readonly string _token = host.Token("attacker", "caller", "analyst", "officer", "counsel", "operator", "auditor");

    /// <summary>Every method: valid by shape, nonsense by content, then damaged.</summary>
    public Task Fuzz(int damagedEach) => Each(AtOnce, Methods().SelectMany(method =>
    {
        var message = forge.Any(method.InputType).ToByteArray();
        return Enumerable.Range(0, damagedEach + 1)
            .Select(number => number == 0 ? message : forge.Damage(message))
            .Select(bytes => Call("fuzzed protobuf", PathOf(method), RawCalls.Frame(bytes), TokenFor(method)))
            .ToList();
    }).ToList());

    public Task DeepMessages() => Each(AtOnce, Methods().SelectMany(method => new[] { 99, 101, 10_000, 1_000_000 }.Select(depth => Call(
        "groups within groups", PathOf(method), RawCalls.Frame(MessageForge.Groups(depth, closed: depth < 10_000)), TokenFor(method)))));

    public Task LargeMessages()
    {
        var texts = Methods().Select(method => (method, field: method.InputType.Fields.InDeclarationOrder().FirstOrDefault(field => field.FieldType == FieldType.String)))
            .Where(pair => pair.field is not null)
            .SelectMany(pair => new[] { 20_000, MessageBytesMax - 100, MessageBytesMax + 100 }.Select(length =>
                Call("a huge text", PathOf(pair.method), RawCalls.Frame(TextOf(pair.field!, length)), TokenFor(pair.method))));
        var order = PlaceOrderRequest.Descriptor.FindFieldByName("order").FieldNumber;
        var lists = Order.Descriptor.Fields.InDeclarationOrder().Where(field => field.IsRepeated).SelectMany(field => Enumerable.Repeat(
            Call("a huge list", Place, RawCalls.Frame(Within(order, MessageForge.Empties(field.FieldNumber, MessageBytesMax - 100))), _token), 4));
        var unknown = Enumerable.Repeat(Call("unknown fields", Place, RawCalls.Frame(MessageForge.UnknownFields(MessageBytesMax - 100)), _token), 16);
        return Each(LargeAtOnce, [.. texts, .. lists, .. unknown]);
    }

    public Task Filters()
    {
        string[] filters =
        [
            new('(', 1_900), string.Join(" AND ", Enumerable.Repeat("state = HELD", 100)), string.Join(" ", Enumerable.Repeat("NOT", 500)), "state = \"" + new string('\\', 1_900),
            "state = 'x' OR 1 = 1", "state = \"\uFFFD\0\"", new('x', 1_000_000), "state", "= =", "state = 'a\"", string.Concat(Enumerable.Repeat("state=\"\U0001F4A3\" ", 80)),
        ];
        var lists = Methods().Where(method => method.InputType.FindFieldByName("filter") is not null && method.InputType.FindFieldByName("page_token") is not null);
        return Each(AtOnce, lists.SelectMany(method => filters.Select(filter => Call(
            "a filter", PathOf(method), RawCalls.Frame(Set(method.InputType, "filter", filter)), TokenFor(method)))
            .Concat(new[] { new string('A', 100_000), "e30", "bnVsbA", "{}", "\0" }.Select(token => Call(
                "a page token", PathOf(method), RawCalls.Frame(Set(method.InputType, "page_token", token)), TokenFor(method))))));
    }

    public Task Frames()
    {
        var message = new PlaceOrderRequest().ToByteArray();
        var (bomb, fragment) = (Gzip(new byte[200_000_000]), Gzip("fragment"u8.ToArray())[..10]);
        return Each(AtOnce, new[] { Place, WatchOrder, BatchCheck }.SelectMany(path => new[]
        {
            Call("no frame", path, [], _token),
            Call("a cut frame", path, [0, 0], _token),
            Call("a cut message", path, RawCalls.Frame(message, length: 100), _token),
            Call("four gigabytes announced", path, RawCalls.Frame(message, length: uint.MaxValue), _token),
            Call("a flag there is not", path, RawCalls.Frame(message, flag: 7), _token),
            Call("compressed by nothing", path, RawCalls.Frame(bomb, flag: 1), _token),
            Call("compressed by an unknown way", path, RawCalls.Frame(bomb, flag: 1), _token, Compressed("zstd-9000")),
            Call("a bomb", path, RawCalls.Frame(bomb, flag: 1), _token, Compressed("gzip")),
            Call("no gzip", path, RawCalls.Frame(forge.Bytes(1_000), flag: 1), _token, Compressed("gzip")),
            Call("a cut gzip", path, RawCalls.Frame(fragment, flag: 1), _token, Compressed("gzip")),
            Call("several messages", path, [.. Enumerable.Repeat(RawCalls.Frame([]), 50).SelectMany(frame => frame)], _token),
        }));
    }

    public async Task Headers()
    {
        var body = RawCalls.Frame([]);
        await Each(AtOnce, [
            .. new[] { "text/plain", "application/json", "application/grpc-web", "application/grpc+json" }.Select(type =>
                Call("a wrong content type", Place, body, _token, request => request.Content!.Headers.ContentType = new MediaTypeHeaderValue(type))),
            .. new[] { HttpMethod.Get, HttpMethod.Put, HttpMethod.Trace, HttpMethod.Options }.Select(method =>
                Call("a wrong HTTP method", Place, body, _token, request => request.Method = method)),
            .. new[] { "/", "/ordertracking.orders.v1.OrderService/DropOrders", "/../../etc/passwd", "/%00", "/grpc.health.v1.Health/Kill", "/" + new string('a', 8_000) }.Select(path =>
                Call("a wrong path", path, body, _token)),
            .. new[] { "0S", "-1S", "99999999H", "S", "1x", "999999999n", "1n", "" }.Select(timeout =>
                Call("a wrong timeout", Place, body, _token, With("grpc-timeout", timeout))),
            .. new[] { "trace-bin", "grpc-tags-bin", "grpc-trace-bin" }.Select(name => Call("a binary header that is none", Place, body, _token, With(name, "%%%not base64"))),
            .. new[] { "00-zz-zz-00", new string('0', 5_000), "00-" + new string('f', 32) + "-0000000000000000-01" }.Select(trace =>
                Call("a wrong trace", Place, body, _token, With("traceparent", trace))),
            Call("a huge header", Place, body, _token, With("x-large", new string('x', 20_000))),
        ]);
        // These the server answers by closing the connection, which is theirs alone.
        using var own = new RawCalls(host.Port, calls.Answers);
        await own.Send("headers above the limit", Place, body, _token, With("x-large", new string('x', 60_000)));
        using var another = new RawCalls(host.Port, calls.Answers);
        using var third = new RawCalls(host.Port, calls.Answers);
        await third.Send("a header that is not ASCII", Place, body, _token, With("grpc-timeout", "\u00E9"));
        await another.Send("a thousand headers", Place, body, _token, request => Enumerable.Range(0, 1_000).ToList().ForEach(number => With($"x-{number}", "1")(request)));
    }

    public Task Tokens(int count) => Each(AtOnce, Enumerable.Range(0, count).Select(number => Call("a bad token", Place, RawCalls.Frame([]), (number % 8) switch
    {
        0 => Convert.ToBase64String(forge.Bytes(200)),
        1 => new string('A', 20_000),
        2 => _token[..^5] + "AAAAA",
        3 => _token[.._token.LastIndexOf('.')] + ".",
        4 => $"{Base64("{\"alg\":\"none\"}")}.{Base64("{\"sub\":\"root\",\"roles\":[\"officer\"],\"iss\":\"ordertracking-development\",\"aud\":\"ordertracking\"}")}.",
        5 => "..",
        6 => $"{Base64("{\"alg\":\"HS256\",\"kid\":\"../../key\"}")}.{Base64(new string('[', 3_000))}.{Base64("x")}",
        _ => "",
    })));

    /// <summary>Streams opened and reset at once, or left behind with their connection; and connections that speak no HTTP/2.</summary>
    public async Task<int> Streams(int count)
    {
        const int PerConnection = 500;
        var body = RawCalls.Frame(new WatchOrderRequest { Name = "orders/0190a0b0-0000-7000-8000-000000000001" }.ToByteArray());
        var opened = 0;
        for (var connections = 0; opened < count && connections < count / 20; connections++)
        {
            using var connection = await RawConnection.Open(host.Port);
            await connection.Greet();
            opened += await connection.OpenStreams(PerConnection, WatchOrder, _token, body, reset: connections % 2 == 0);
        }

        calls.Note("streams", opened >= count ? "opened and abandoned" : $"only {opened} opened");
        return opened;
    }

    public async Task Sockets()
    {
        byte[][] hellos = [[], [0], "GET / HTTP/1.1\r\n\r\n"u8.ToArray(), "PRI * HTTP/2.0\r\n"u8.ToArray(), [0x16, 0x03, 0x01, 0x02, 0x00], forge.Bytes(5_000)];
        foreach (var hello in hellos)
            await Connect(connection => connection.Send(hello));
        byte[][] frames =
        [
            RawConnection.Frame(1, 4, 1, forge.Bytes(100)), RawConnection.Frame(0, 0, 99, forge.Bytes(10)), RawConnection.Frame(4, 0, 0, new byte[5]),
            RawConnection.Frame(1, 4, 1, [], stated: 16_000_000), RawConnection.Frame(9, 0, 1, new byte[100]), RawConnection.Frame(8, 0, 0, new byte[4]), RawConnection.Frame(200, 255, 3, forge.Bytes(30)),
        ];
        foreach (var frame in frames)
            await Connect(async connection =>
            {
                await connection.Greet();
                await connection.Send(frame, frame);
            });
    }

    private async Task Connect(Func<RawConnection, Task> speak)
    {
        using var connection = await RawConnection.Open(host.Port);
        try
        {
            await speak(connection);
            calls.Note("no HTTP/2", "sent and left");
        }
        catch (IOException)
        {
            calls.Note("no HTTP/2", "closed by the server");
        }
    }

    private static Task Each(int atOnce, IEnumerable<Func<Task>> all) =>
        Parallel.ForEachAsync(all, new ParallelOptions { MaxDegreeOfParallelism = atOnce }, async (one, _) => await one());

    private static IEnumerable<MethodDescriptor> Methods() => ProtoContract.Served;

    private static string PathOf(MethodDescriptor method) => $"/{method.Service.FullName}/{method.Name}";

    private string TokenFor(MethodDescriptor method) =>
        _roles[PathOf(method)[1..]].Contains("service") && _roles[PathOf(method)[1..]].Count == 1 ? host.Token("orders", "service") : _token;

    private Func<Task> Call(string tried, string path, byte[] body, string? token, Action<HttpRequestMessage>? change = null) =>
        () => calls.Send(tried, path, body, token, request =>
        {
            Briefly(request);
            change?.Invoke(request);
        });

    // A stream that is let in would stay; a call is given what the server gives it.
    private static void Briefly(HttpRequestMessage request)
    {
        if (StreamsThatStay.Any(name => request.RequestUri!.OriginalString.Contains(name, StringComparison.Ordinal)))
            request.Headers.TryAddWithoutValidation("grpc-timeout", "2S");
    }

    private static Action<HttpRequestMessage> Compressed(string encoding) => With("grpc-encoding", encoding);

    private static Action<HttpRequestMessage> With(string name, string value) => request =>
    {
        request.Headers.Remove(name);
        request.Headers.TryAddWithoutValidation(name, value);
    };

    private static byte[] Set(MessageDescriptor type, string field, string value)
    {
        var message = type.Parser.ParseFrom(ByteString.Empty);
        type.FindFieldByName(field).Accessor.SetValue(message, value);
        return message.ToByteArray();
    }

    private static byte[] TextOf(FieldDescriptor field, int length) => Within(field.FieldNumber, Encoding.ASCII.GetBytes(new string('x', length)));

    private static byte[] Within(int field, byte[] content)
    {
        using var wire = new MemoryStream(content.Length + 16);
        var output = new CodedOutputStream(wire, leaveOpen: true);
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(ByteString.CopyFrom(content));
        output.Flush();
        return wire.ToArray();
    }

    private static byte[] Gzip(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            gzip.Write(content);
        return packed.ToArray();
    }

    private static string Base64(string text) => System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
