using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace OrderTracking.Client.Tests;

/// <summary>Speaks gRPC by hand: is UNAVAILABLE as often as it is told, then answers with what it is given.</summary>
public sealed class FlakyServer : IAsyncDisposable
{
    private const int FrameBytes = 5;
    private readonly WebApplication _app;
    private int _failures;

    private FlakyServer(WebApplication app, int failures) => (_app, _failures) = (app, failures);

    public Uri Address => new(_app.Urls.Single());

    /// <summary>The messages received, in order.</summary>
    public ConcurrentQueue<(string Path, byte[] Message, string? Deadline, string? Authorization)> Received { get; } = new();

    /// <summary>What it answers after its failures; by default one empty message.</summary>
    public Func<int, byte[][]> Answer { get; set; } = _ => [[]];

    /// <summary>How long it thinks before it answers the call of a number, from 1.</summary>
    public Func<int, TimeSpan> Thinks { get; set; } = _ => TimeSpan.Zero;

    public static async Task<FlakyServer> Start(int failures)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        var app = builder.Build();
        var server = new FlakyServer(app, failures);
        app.Run(server.Handle);
        await app.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task Handle(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var headers = context.Request.Headers;
        Received.Enqueue((context.Request.Path, body.ToArray()[FrameBytes..], headers["grpc-timeout"], headers.Authorization));
        var number = Received.Count;
        await Task.Delay(Thinks(number), context.RequestAborted);
        context.Response.ContentType = "application/grpc";
        if (Interlocked.Decrement(ref _failures) >= 0)
        {
            context.Response.Headers["grpc-status"] = "14";
            return;
        }

        foreach (var message in Answer(number))
        {
            await context.Response.Body.WriteAsync((byte[])[0, 0, 0, (byte)(message.Length >> 8), (byte)message.Length, .. message]);
            await context.Response.Body.FlushAsync();
        }

        context.Response.AppendTrailer("grpc-status", "0");
    }
}
