using Google.Protobuf;
using OrderTracking.BuildingBlocks.Data;

namespace OrderTracking.BuildingBlocks.Grpc;

/// <summary>Makes a write happen once however often it is asked for.</summary>
public static class Requests
{
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
    public static Task<TResponse> Once<TResponse>(
        Tx tx, string method, string requestId, Actor actor, IMessage request, DateTimeOffset now, Func<Task<TResponse>> effect)
        where TResponse : class, IMessage<TResponse>, new() => Once(tx, RepeatableCall.Of(method, requestId, actor, request), now, effect);

    /// <inheritdoc cref="Once{TResponse}(Tx, string, string, Actor, IMessage, DateTimeOffset, Func{Task{TResponse}})"/>
    /// <param name="tx">The transaction of the effect.</param>
    /// <param name="call">The call, worked out before the transaction.</param>
    /// <param name="now">The instant recorded.</param>
    /// <param name="effect">Changes the database and makes the answer.</param>
    /// <param name="answer">The bytes of the answer that the effect makes, where they are known before; null: they are written here.</param>
    public static async Task<TResponse> Once<TResponse>(
        Tx tx, RepeatableCall call, DateTimeOffset now, Func<Task<TResponse>> effect, byte[]? answer = null)
        where TResponse : class, IMessage<TResponse>, new()
    {
        if (await Find<TResponse>(tx, call) is { } first)
            return first;
        var response = await effect();
        if (call.Id is { } id)
        {
            await tx.Execute(Insert, new
            {
                Id = id,
                call.Method,
                Actor = call.Actor.Subject,
                call.ContentDigest,
                Response = answer ?? response.ToByteArray(),
                CreatedAt = now,
            });
        }

        return response;
    }

    /// <summary>
    /// The first answer to a call; null while it has none. For a call that takes several transactions: it looks here in the first
    /// one and answers by <see cref="Once{TResponse}(Tx, string, string, Actor, IMessage, DateTimeOffset, Func{Task{TResponse}})"/> in the last.
    /// </summary>
    /// <inheritdoc cref="Once{TResponse}(Tx, string, string, Actor, IMessage, DateTimeOffset, Func{Task{TResponse}})"/>
    public static Task<TResponse?> Find<TResponse>(Tx tx, string method, string requestId, Actor actor, IMessage request)
        where TResponse : class, IMessage<TResponse>, new() => Find<TResponse>(tx, RepeatableCall.Of(method, requestId, actor, request));

    private static async Task<TResponse?> Find<TResponse>(Tx tx, RepeatableCall call)
        where TResponse : class, IMessage<TResponse>, new()
    {
        if (call.Id is not { } id)
            return null;
        var first = await tx.QueryFirstOrDefault<Row>(Select, new { id });
        if (first is null)
            return null;
        if (first.Method != call.Method || first.Actor != call.Actor.Subject || first.ContentDigest != call.ContentDigest)
            throw Reused(id);
        var answer = new TResponse();
        answer.MergeFrom(first.Response);
        return answer;
    }

    private static Refusal Reused(Guid requestId) =>
        new(BuildingReasons.RequestIdReused, "This request_id was used before by another call; choose a new one for new content.")
        {
            Metadata = new Dictionary<string, string> { ["request_id"] = requestId.ToString("D") },
        };

    private sealed class Row
    {
        public string Method { get; init; } = "";

        public string Actor { get; init; } = "";

        public string ContentDigest { get; init; } = "";

        public byte[] Response { get; init; } = [];
    }
}
