using System.Collections.Concurrent;
using System.Security.Cryptography;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace OrderTracking.BuildingBlocks.Grpc;

/// <summary>A call as it is remembered. Worked out before its transaction: the database's writer has other callers to serve.</summary>
public sealed class RepeatableCall
{
    private static readonly ConcurrentDictionary<MessageDescriptor, IReadOnlyList<int>> SkippedFields = new();

    private RepeatableCall(string method, Guid? id, Actor actor, string contentDigest) =>
        (Method, Id, Actor, ContentDigest) = (method, id, actor, contentDigest);

    /// <summary>The method's full name.</summary>
    public string Method { get; }

    /// <summary>The identity its caller chose; null: every call is another one.</summary>
    public Guid? Id { get; }

    /// <summary>Who calls.</summary>
    public Actor Actor { get; }

    /// <summary>SHA-256 of the request without request_id and validate_only, in lower-case hexadecimal digits; blank without an identity.</summary>
    public string ContentDigest { get; }

    /// <param name="method">The method's full name.</param>
    /// <param name="requestId">A UUID chosen by the caller, or blank.</param>
    /// <param name="actor">Who calls.</param>
    /// <param name="request">The request; its fields request_id and validate_only do not count as content.</param>
    /// <exception cref="Refusal">REQUEST_ID_NOT_UUID.</exception>
    public static RepeatableCall Of(string method, string requestId, Actor actor, IMessage request)
    {
        if (requestId.Length == 0)
            return new RepeatableCall(method, null, actor, "");
        if (!Guid.TryParseExact(requestId, "D", out var id))
            Violations.Throw("request_id", BuildingReasons.RequestIdNotUuid, requestId, "a UUID of 36 characters, or blank");
        return new RepeatableCall(method, id, actor, Digest(request));
    }

    // The bytes of the request without the two fields, which are whole runs of bytes in it.
    private static string Digest(IMessage request)
    {
        var bytes = request.ToByteArray();
        var skipped = SkippedFields.GetOrAdd(request.Descriptor, NumbersOfSkipped);
        using var input = new CodedInputStream(bytes);
        var kept = 0;
        while (true)
        {
            var start = (int)input.Position;
            var tag = input.ReadTag();
            if (tag == 0)
                return Convert.ToHexStringLower(SHA256.HashData(bytes.AsSpan(0, kept)));
            input.SkipLastField();
            var length = (int)input.Position - start;
            if (skipped.Contains(WireFormat.GetTagFieldNumber(tag)))
                continue;
            // What is kept moves to the front, over what was read already.
            bytes.AsSpan(start, length).CopyTo(bytes.AsSpan(kept));
            kept += length;
        }
    }

    private static IReadOnlyList<int> NumbersOfSkipped(MessageDescriptor descriptor) =>
        [.. ((string[])["request_id", "validate_only"]).Select(descriptor.FindFieldByName).OfType<FieldDescriptor>().Select(field => field.FieldNumber)];
}
