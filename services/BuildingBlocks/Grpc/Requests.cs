using System.Collections.Concurrent;
using System.Security.Cryptography;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using OrderTracking.BuildingBlocks.Data;

namespace OrderTracking.BuildingBlocks.Grpc;

/// <summary>Makes a write happen once however often it is asked for.</summary>
public static class Requests
{
    private static readonly ConcurrentDictionary<MessageDescriptor, IReadOnlyList<int>> SkippedFields = new();

    private const string Select = """
        select method as Method, actor as Actor, content_digest as ContentDigest, response as Response
        from requests
        where request_id = @id
        """;

    private const string Insert = """
        insert into requests (request_id, method, actor, content_digest, response, created_at)
        values (@Id, @Method, @Actor, @ContentDigest, @Response, @CreatedAt)
        """;

    /// <summary>
    /// Runs <paramref name="effect"/> the first time; afterwards returns the first answer. The answer commits with the effect, so an
    /// effect that failed can be repeated.
    /// </summary>
    /// <param name="tx">The transaction of the effect.</param>
    /// <param name="method">The method's full name.</param>
    /// <param name="requestId">A UUID chosen by the caller; blank: every call runs the effect.</param>
    /// <param name="actor">Who calls.</param>
    /// <param name="request">The request; its fields request_id and validate_only do not count as content.</param>
    /// <param name="now">The instant recorded.</param>
    /// <param name="effect">Changes the database and makes the answer.</param>
    /// <exception cref="Refusal">REQUEST_ID_NOT_UUID, or REQUEST_ID_REUSED when method, actor or content differ from the first call's.</exception>
    public static async Task<TResponse> Once<TResponse>(
        Tx tx, string method, string requestId, Actor actor, IMessage request, DateTimeOffset now, Func<Task<TResponse>> effect)
        where TResponse : class, IMessage<TResponse>, new()
    {
        if (await Find<TResponse>(tx, method, requestId, actor, request) is { } first)
            return first;
        var response = await effect();
        if (requestId.Length > 0)
        {
            await tx.Execute(Insert, new
            {
                Id = Guid.ParseExact(requestId, "D"),
                Method = method,
                Actor = actor.Subject,
                ContentDigest = Digest(request),
                Response = response.ToByteArray(),
                CreatedAt = now,
            });
        }

        return response;
    }

    /// <summary>
    /// The first answer to a call; null while it has none. For a call that takes several transactions: it looks here in the first
    /// one and answers by <see cref="Once{TResponse}"/> in the last.
    /// </summary>
    /// <inheritdoc cref="Once{TResponse}"/>
    public static async Task<TResponse?> Find<TResponse>(Tx tx, string method, string requestId, Actor actor, IMessage request)
        where TResponse : class, IMessage<TResponse>, new()
    {
        if (requestId.Length == 0)
            return null;
        if (!Guid.TryParseExact(requestId, "D", out var id))
            Violations.Throw("request_id", BuildingReasons.RequestIdNotUuid, requestId, "a UUID of 36 characters, or blank");
        var first = await tx.QueryFirstOrDefault<Row>(Select, new { id });
        if (first is null)
            return null;
        if (first.Method != method || first.Actor != actor.Subject || first.ContentDigest != Digest(request))
            throw Reused(requestId);
        var answer = new TResponse();
        answer.MergeFrom(first.Response);
        return answer;
    }

    // The bytes of the request without the two fields, which are whole runs of bytes in it.
    private static string Digest(IMessage request)
    {
        var bytes = request.ToByteArray();
        var skipped = SkippedFields.GetOrAdd(request.Descriptor, NumbersOfSkipped);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var input = new CodedInputStream(bytes);
        while (true)
        {
            var start = (int)input.Position;
            var tag = input.ReadTag();
            if (tag == 0)
                return Convert.ToHexStringLower(hash.GetHashAndReset());
            input.SkipLastField();
            if (!skipped.Contains(WireFormat.GetTagFieldNumber(tag)))
                hash.AppendData(bytes.AsSpan(start, (int)input.Position - start));
        }
    }

    private static IReadOnlyList<int> NumbersOfSkipped(MessageDescriptor descriptor) =>
        [.. ((string[])["request_id", "validate_only"]).Select(descriptor.FindFieldByName).OfType<FieldDescriptor>().Select(field => field.FieldNumber)];

    private static Refusal Reused(string requestId) =>
        new(BuildingReasons.RequestIdReused, "This request_id was used before by another call; choose a new one for new content.")
        {
            Metadata = new Dictionary<string, string> { ["request_id"] = requestId },
        };

    private sealed class Row
    {
        public string Method { get; init; } = "";

        public string Actor { get; init; } = "";

        public string ContentDigest { get; init; } = "";

        public byte[] Response { get; init; } = [];
    }
}
