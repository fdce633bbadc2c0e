using System.Runtime.CompilerServices;
using Google.Protobuf;
using Grpc.Core;

namespace OrderTracking.Client;

/// <summary>Lists as one sequence, page after page.</summary>
public static class Paging
{
    private const string PageToken = "page_token";
    private const string NextPageToken = "next_page_token";

    /// <summary>Every item of a list, such as <c>Paging.All(new ListOrdersRequest(), orders.ListOrdersAsync, page => page.Orders)</c>.</summary>
    /// <param name="request">Filter, order and page size; its page_token is where it begins. It is not changed.</param>
    /// <param name="list">The list method.</param>
    /// <param name="itemsOf">The items of a page.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="ArgumentException">The method is no list: it has no page_token or no next_page_token.</exception>
    public static async IAsyncEnumerable<TItem> All<TRequest, TResponse, TItem>(
        TRequest request,
        Func<TRequest, CallOptions, AsyncUnaryCall<TResponse>> list,
        Func<TResponse, IEnumerable<TItem>> itemsOf,
        [EnumeratorCancellation] CancellationToken cancellation = default)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse>
    {
        var next = request.Clone();
        var asked = next.Descriptor.FindFieldByName(PageToken) ?? throw new ArgumentException($"{next.Descriptor.FullName} has no {PageToken}.", nameof(request));
        string token;
        do
        {
            var page = await list(next, new CallOptions(cancellationToken: cancellation));
            foreach (var item in itemsOf(page))
                yield return item;
            var given = page.Descriptor.FindFieldByName(NextPageToken) ?? throw new ArgumentException($"{page.Descriptor.FullName} has no {NextPageToken}.", nameof(list));
            token = (string)given.Accessor.GetValue(page);
            asked.Accessor.SetValue(next, token);
        }
        while (token.Length > 0);
    }
}
