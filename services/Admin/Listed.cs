using Google.Protobuf;
using Grpc.Core;
using OrderTracking.Client;

namespace OrderTracking.Admin;

/// <summary>Lists of the API, page after page up to the limit; what is left out is said.</summary>
internal static class Listed
{
    public const int Page = 500;

    /// <summary>The items, one more than the limit where there are more.</summary>
    public static async Task<List<TItem>> Read<TRequest, TResponse, TItem>(
        Session session,
        TRequest request,
        Func<TRequest, CallOptions, AsyncUnaryCall<TResponse>> list,
        Func<TResponse, IEnumerable<TItem>> itemsOf,
        CancellationToken cancellation)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse>
    {
        var items = new List<TItem>();
        await foreach (var item in Paging.All(request, list, itemsOf, cancellation))
        {
            items.Add(item);
            if (items.Count > session.Limit)
                break;
        }

        return items;
    }

    public static int Show<T>(Session session, List<T> items, params (string, Func<T, string>)[] columns)
        where T : IMessage
    {
        var limit = session.Limit;
        session.Output.List(items.Take(limit).ToList(), columns);
        if (items.Count > limit)
            session.Output.Note($"These are {limit}; there are more. --limit shows more of them.");
        return ExitCode.Done;
    }
}
