using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace OrderTracking.BuildingBlocks.Telemetry;

/// <summary>Adds how a gRPC call ended to the server's metric of its duration: over HTTP/2 all of them are 200.</summary>
internal static class GrpcStatusTag
{
    internal const string Name = "rpc.grpc.status_code";
    // As objects, once.
    private static readonly object[] Statuses = [.. Enumerable.Range(0, 17).Select(status => (object)status)];
    private const string StatusField = "grpc-status";

    public static async Task Add(HttpContext context, RequestDelegate next)
    {
        await next(context);
        if (context.Features.Get<IHttpMetricsTagsFeature>() is not { } metric)
            return;
        var fields = context.Response.HasStarted
            ? context.Features.Get<IHttpResponseTrailersFeature>()?.Trailers
            : context.Response.Headers;
        // A call whose caller went has no status to count.
        if (fields is not null && int.TryParse(fields[StatusField], NumberStyles.None, CultureInfo.InvariantCulture, out var status))
            metric.Tags.Add(new KeyValuePair<string, object?>(Name, (uint)status < (uint)Statuses.Length ? Statuses[status] : status));
    }
}
