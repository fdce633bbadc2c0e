using System.Collections.Concurrent;
using System.Diagnostics;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Core.Interceptors;
using OrderTracking.BuildingBlocks.Telemetry;

namespace OrderTracking.BuildingBlocks.Grpc;

/// <summary>
/// Says on a call's span which resources it names, in the request and in the answer. Only ids: whatever else a caller writes where a
/// name belongs is not repeated.
/// </summary>
internal sealed class TagSpans : Interceptor
{
    private const string NameField = "name";
    private readonly ConcurrentDictionary<MessageDescriptor, IReadOnlyList<Func<IMessage, string>>> _names = new();
    private readonly Dictionary<string, string> _keys = new(StringComparer.Ordinal);

    public TagSpans(IEnumerable<ResourceKeys> keys)
    {
        foreach (var (collection, key) in keys.SelectMany(given => given.Keys))
            _keys[collection] = key;
    }

    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        Tag(request);
        var answer = continuation(request, context);
        if (!answer.IsCompletedSuccessfully)
            return Tagged(answer);
        Tag(answer.Result);
        return answer;
    }

    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request,
        IServerStreamWriter<TResponse> responses,
        ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        Tag(request);
        return continuation(request, responses, context);
    }

    private async Task<TResponse> Tagged<TResponse>(Task<TResponse> answer)
        where TResponse : class
    {
        var response = await answer;
        Tag(response);
        return response;
    }

    private void Tag(object message)
    {
        if (Activity.Current is not { IsAllDataRequested: true } activity || message is not IMessage named)
            return;
        foreach (var read in _names.GetOrAdd(named.Descriptor, NamesIn))
        {
            var (collection, id) = Split(read(named));
            if (id is not null && _keys.TryGetValue(collection, out var key))
                Spans.Tag(activity, key, id);
        }
    }

    // Names are fields of the message, or the name of a resource in it: what a list answers is not what the call is about.
    private static IReadOnlyList<Func<IMessage, string>> NamesIn(MessageDescriptor descriptor)
    {
        var names = new List<Func<IMessage, string>>();
        foreach (var field in descriptor.Fields.InDeclarationOrder().Where(field => field is { IsRepeated: false, IsMap: false }))
        {
            if (field.FieldType == FieldType.String)
                names.Add(message => (string)field.Accessor.GetValue(message));
            else if (field.FieldType == FieldType.Message && field.MessageType.FindFieldByName(NameField) is { FieldType: FieldType.String, IsRepeated: false } name)
                names.Add(message => field.Accessor.GetValue(message) is IMessage inner ? (string)name.Accessor.GetValue(inner) : "");
        }

        return names;
    }

    private static (string Collection, string? Id) Split(string name)
    {
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0)
            return ("", null);
        var rest = name.AsSpan(slash + 1);
        var end = rest.IndexOf('/');
        return Guid.TryParseExact(end < 0 ? rest : rest[..end], "D", out var id) ? (name[..slash], id.ToString("D")) : ("", null);
    }
}
