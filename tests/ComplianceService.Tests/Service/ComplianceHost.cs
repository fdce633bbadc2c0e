using System.Text.Json;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Hosting;
using OrderTracking.BuildingBlocks.Messaging;
using OrderTracking.ComplianceService.Recheck;
using OrderTracking.Contracts;
using Xunit;

namespace OrderTracking.ComplianceService.Tests.Service;

/// <summary>Compliance in a process of its own making: a real gRPC server on a free port, a directory of its own, a clock that is moved.</summary>
internal sealed class ComplianceHost : IAsyncDisposable
{
    private static readonly TimeSpan TokenLifetime = TimeSpan.FromHours(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(20);
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private readonly WebApplication _app;
    private readonly GrpcChannel _channel;
    private readonly string _directory;
    private readonly (string Key, string Value)[] _settings;
    private bool _ended;
    private bool _isGuest;

    private ComplianceHost(
        WebApplication app, GrpcChannel channel, string directory, MovableTime clock, (string Key, string Value)[] settings)
    {
        (_app, _channel, _directory, Clock, _settings) = (app, channel, directory, clock, settings);
        Db = app.Services.GetRequiredService<ComplianceDb>();
    }

    public MovableTime Clock { get; }

    public ComplianceDb Db { get; }

    public IServiceProvider Services => _app.Services;

    /// <param name="now">An instant in ISO 8601, such as 2025-04-01T12:00:00Z.</param>
    public static Task<ComplianceHost> Start(string now, params (string Key, string Value)[] settings) =>
        Start(Directory.CreateTempSubdirectory("compliance-").FullName, new MovableTime(At(now)), settings);

    /// <summary>Ends this process and starts another one on the same data and the same clock.</summary>
    public async Task<ComplianceHost> Restart()
    {
        await End();
        return await Start(_directory, Clock, _settings);
    }

    /// <summary>Another process on the same data, with a clock of its own or the same. It ends before this one.</summary>
    public async Task<ComplianceHost> Beside(MovableTime? clock = null)
    {
        var guest = await Start(_directory, clock ?? Clock, _settings);
        guest._isGuest = true;
        return guest;
    }

    /// <summary>Several processes started at the same instant on data of nobody yet. The first is disposed of last.</summary>
    public static async Task<IReadOnlyList<ComplianceHost>> StartAtOnce(string now, int count)
    {
        var directory = Directory.CreateTempSubdirectory("compliance-").FullName;
        var clock = new MovableTime(At(now));
        var hosts = await Task.WhenAll(Enumerable.Range(0, count).Select(_ => Task.Run(() => Start(directory, clock, []))));
        foreach (var guest in hosts.Skip(1))
            guest._isGuest = true;
        return hosts;
    }

    private static async Task<ComplianceHost> Start(string directory, MovableTime clock, (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create<string, string?>(setting.Key, setting.Value)));
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.AddServiceDefaults(new ServiceHostOptions { Port = 0, Storage = new StorageOptions { DataDirectory = directory } });
        builder.Services.AddComplianceService();
        var app = builder.Build();
        app.MapComplianceService().MapServiceDefaults();
        await app.StartAsync(TestContext.Current.CancellationToken);
        var address = app.Services.GetRequiredService<ServiceAddresses>().Own!;
        return new ComplianceHost(app, GrpcChannel.ForAddress(address), directory, clock, settings);
    }

    public static DateTimeOffset At(string instant) => DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>A client that calls as a person, or a service, with one role or several.</summary>
    public TClient As<TClient>(string subject, params string[] roles)
        where TClient : ClientBase<TClient>
    {
        var token = Services.GetRequiredService<DevelopmentTokens>().Mint(subject, roles, TokenLifetime);
        var invoker = new TokenInvoker(_channel.CreateCallInvoker(), token);
        return (TClient)Activator.CreateInstance(typeof(TClient), invoker)!;
    }

    /// <summary>Sends an event as another service would.</summary>
    public Task Publish<TEvent>(Guid id, TEvent @event)
        where TEvent : class => Db.Write(tx => Outbox.Add(tx, id, @event, Clock.GetUtcNow()));

    /// <summary>Every event of a kind this service, or the test, has sent, oldest first.</summary>
    public async Task<IReadOnlyList<TEvent>> Sent<TEvent>()
    {
        var bodies = await Db.Read(tx => tx.Query<string>(
            "select body from outbox where type = @type order by seq", new { type = EventTypes.NameOf(typeof(TEvent)) }));
        return [.. bodies.Select(body => JsonSerializer.Deserialize<TEvent>(body, Json)!)];
    }

    public Task<long> Count(string table, string condition = "1 = 1") =>
        Db.Read(tx => tx.Scalar<long>($"select count(*) from {table} where {condition}"));

    /// <summary>Looks until there is an answer.</summary>
    public static async Task<T> Eventually<T>(Func<Task<T?>> look, string what, TimeSpan? patience = null)
        where T : class
    {
        var deadline = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(deadline) < (patience ?? Patience))
        {
            if (await look() is { } found)
                return found;
            await Task.Delay(LookInterval, TestContext.Current.CancellationToken);
        }

        throw new TimeoutException($"Not within {(patience ?? Patience).TotalSeconds} s: {what}");
    }

    /// <summary>Waits until the re-check has looked and found nothing left to do.</summary>
    public async Task Quiet()
    {
        var recheck = Services.GetRequiredService<RecheckWorker>();
        var looks = recheck.Looks;
        // The look under way may have begun before the clock was moved; the one after it has not.
        await Eventually(() => Task.FromResult(recheck.Looks >= looks + 2 ? "looked" : null), "two looks of the re-check");
    }

    public async ValueTask DisposeAsync()
    {
        // Whoever was started on the data after this one takes them away.
        if (_ended)
            return;
        await End();
        if (!_isGuest)
            Directory.Delete(_directory, recursive: true);
    }

    private async Task End()
    {
        _ended = true;
        _channel.Dispose();
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
    }

    private sealed class TokenInvoker(CallInvoker inner, string token) : CallInvoker
    {
        public override TResponse BlockingUnaryCall<TRequest, TResponse>(
            Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) =>
            inner.BlockingUnaryCall(method, host, With(options), request);

        public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
            Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) =>
            inner.AsyncUnaryCall(method, host, With(options), request);

        public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
            Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) =>
            inner.AsyncServerStreamingCall(method, host, With(options), request);

        public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
            Method<TRequest, TResponse> method, string? host, CallOptions options) => inner.AsyncClientStreamingCall(method, host, With(options));

        public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
            Method<TRequest, TResponse> method, string? host, CallOptions options) => inner.AsyncDuplexStreamingCall(method, host, With(options));

        private CallOptions With(CallOptions options) => options.WithHeaders(new Metadata { { "authorization", $"Bearer {token}" } });
    }
}
