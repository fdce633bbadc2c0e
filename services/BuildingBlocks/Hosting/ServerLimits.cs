using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace OrderTracking.BuildingBlocks.Hosting;

/// <summary>The limits the server itself keeps, before gRPC sees a call.</summary>
internal static class ServerLimits
{
    public static void Apply(KestrelServerLimits server, GrpcLimitsOptions limits)
    {
        server.MaxConcurrentConnections = limits.ConnectionsMax;
        server.MaxRequestHeadersTotalSize = limits.HeaderBytesMax;
        server.RequestHeadersTimeout = TimeSpan.FromSeconds(limits.HeadersSecondsMax);
        server.KeepAliveTimeout = TimeSpan.FromSeconds(limits.IdleConnectionSeconds);
        server.Http2.MaxStreamsPerConnection = limits.StreamsPerConnectionMax;
        server.Http2.MaxRequestHeaderFieldSize = limits.HeaderBytesMax;
        server.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(limits.KeepAlivePingSeconds);
        server.Http2.KeepAlivePingTimeout = TimeSpan.FromSeconds(limits.KeepAliveTimeoutSeconds);
    }
}
