using System.Globalization;
using System.Net;
using Grpc.Health.V1;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;

namespace OrderTracking.BuildingBlocks.Hosting;

/// <summary>
/// A port of its own for health, without TLS whatever the gRPC port has: a kubelet's gRPC probe speaks no TLS. It answers
/// <c>grpc.health.v1.Health</c> and nothing else.
/// </summary>
internal static class HealthListener
{
    private const string PortKey = "Grpc:HealthPort";
    private static readonly string HealthPath = $"/{Health.Descriptor.FullName}/";

    /// <summary>The configured port; null: health is on the gRPC port only.</summary>
    /// <exception cref="InvalidOperationException">It is no port.</exception>
    public static int? PortOf(IConfiguration configuration)
    {
        var text = configuration[PortKey];
        if (string.IsNullOrEmpty(text))
            return null;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= IPEndPoint.MaxPort
            ? port
            : throw new InvalidOperationException($"{PortKey} is '{text}'; allowed is 1 to {IPEndPoint.MaxPort}, or nothing.");
    }

    /// <summary>Listens. After the gRPC server's address, which is the process's first.</summary>
    public static void Listen(KestrelServerOptions server, IPAddress address, int port) => server.Listen(address, port, listen =>
    {
        listen.Protocols = HttpProtocols.Http2;
        listen.Use(next => connection =>
        {
            connection.Features.Set(Here.Mark);
            return next(connection);
        });
    });

    /// <summary>Turns everything but health away on that port. Before everything else that is mapped.</summary>
    public static void Guard(WebApplication app) => app.Use((context, next) =>
    {
        if (context.Features.Get<Here>() is null || context.Request.Path.Value?.StartsWith(HealthPath, StringComparison.Ordinal) == true)
            return next(context);
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    });

    private sealed class Here
    {
        public static readonly Here Mark = new();
    }
}
