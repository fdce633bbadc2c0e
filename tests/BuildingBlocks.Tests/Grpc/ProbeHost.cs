using System.Collections.Concurrent;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Hosting;
using OrderTracking.BuildingBlocks.Tests.Probe;

namespace OrderTracking.BuildingBlocks.Tests.Grpc;

/// <summary>A real server on a free port with one service that answers as the test tells it.</summary>
public sealed class ProbeHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TemporaryDirectory _directory;

    private ProbeHost(WebApplication app, TemporaryDirectory directory)
    {
        (_app, _directory) = (app, directory);
        Channel = GrpcChannel.ForAddress(_app.Services.GetRequiredService<ServiceAddresses>().Own!);
        Client = new ProbeService.ProbeServiceClient(Channel);
    }

    public GrpcChannel Channel { get; }

    public ProbeService.ProbeServiceClient Client { get; }

    public ThingsDb Db => _app.Services.GetRequiredService<ThingsDb>();

    public string DataDirectory => _directory.Path;

    public IServiceProvider Services => _app.Services;

    public ConcurrentQueue<string> Logged => _app.Services.GetRequiredService<LogLines>().Lines;

    public static async Task<ProbeHost> Start(
        Func<AskRequest, ServerCallContext, Task<AskResponse>> answer, Action<WebApplication>? map = null, GrpcLimitsOptions? limits = null)
    {
        var directory = new TemporaryDirectory();
        var builder = WebApplication.CreateBuilder();
        var lines = new LogLines();
        builder.Logging.ClearProviders().AddProvider(lines);
        builder.AddServiceDefaults(new ServiceHostOptions
        {
            Port = 0,
            Limits = limits ?? new GrpcLimitsOptions(),
            Storage = new StorageOptions { DataDirectory = directory.Path },
        });
        builder.Services.AddSingleton(lines);
        builder.Services.AddSingleton(answer);
        builder.Services.AddDb<ThingsDb>("things");
        builder.Services.AddServiceClient<ProbeService.ProbeServiceClient>("probe", subject: "tester");
        var app = builder.Build();
        app.MapGrpcService<ProbeImplementation>();
        map?.Invoke(app);
        app.MapServiceDefaults();
        await app.StartAsync();
        return new ProbeHost(app, directory);
    }

    public Metadata As(string subject, params string[] roles) => As(subject, TimeSpan.FromMinutes(5), roles);

    public Metadata As(string subject, TimeSpan lifetime, params string[] roles) => new()
    {
        { "authorization", "Bearer " + _app.Services.GetRequiredService<DevelopmentTokens>().Mint(subject, roles, lifetime) },
    };

    public Task Stop() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Channel.Dispose();
        await _app.DisposeAsync();
        _directory.Dispose();
    }
}

public sealed class ProbeImplementation(Func<AskRequest, ServerCallContext, Task<AskResponse>> answer) : ProbeService.ProbeServiceBase
{
    public override Task<AskResponse> Ask(AskRequest request, ServerCallContext context) => answer(request, context);

    public override Task<AskResponse> Decide(AskRequest request, ServerCallContext context) => answer(request, context);

    public override async Task Listen(AskRequest request, IServerStreamWriter<AskResponse> responseStream, ServerCallContext context) =>
        await responseStream.WriteAsync(await answer(request, context));

    public override async Task<AskResponse> Collect(IAsyncStreamReader<AskRequest> requestStream, ServerCallContext context)
    {
        await requestStream.MoveNext();
        return await answer(requestStream.Current, context);
    }

    public override async Task Talk(
        IAsyncStreamReader<AskRequest> requestStream, IServerStreamWriter<AskResponse> responseStream, ServerCallContext context)
    {
        while (await requestStream.MoveNext())
            await responseStream.WriteAsync(await answer(requestStream.Current, context));
    }
}

public sealed class UnlistedImplementation : UnlistedService.UnlistedServiceBase;

public sealed class LogLines : ILoggerProvider, ILogger
{
    public ConcurrentQueue<string> Lines { get; } = new();

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
            Lines.Enqueue($"{logLevel} {eventId.Name} {formatter(state, exception)} {exception}");
    }

    public void Dispose()
    {
    }
}
