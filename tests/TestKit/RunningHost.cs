using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrderTracking.BuildingBlocks.Hosting;
using OrderTracking.Host;

namespace OrderTracking.TestKit;

/// <summary>
/// The whole system in this process: a real server on a free port, a data directory of its own and a clock the test moves. Call it
/// over gRPC, as anybody.
/// </summary>
public sealed class RunningHost : IAsyncDisposable
{
    private static readonly TimeSpan TokenLifetime = TimeSpan.FromHours(8);

    private readonly string[] _settings;
    private readonly bool _ownsDirectory;
    private WebApplication _app;

    private RunningHost(WebApplication app, SimulatedClock clock, string dataDirectory, bool ownsDirectory, string[] settings)
    {
        (_app, Clock, DataDirectory, _ownsDirectory, _settings) = (app, clock, dataDirectory, ownsDirectory, settings);
        Channel = Open(app);
    }

    /// <summary>What the services take for now. It stands until the test moves it.</summary>
    public SimulatedClock Clock { get; }

    /// <summary>Where the SQLite files are.</summary>
    public string DataDirectory { get; }

    /// <summary>A channel to the server; several connections where one is full.</summary>
    public GrpcChannel Channel { get; private set; }

    /// <summary>The services of the process, for what the API does not show.</summary>
    public IServiceProvider Services => _app.Services;

    /// <summary>Who acts in a test, by role.</summary>
    public Shop Shop => new((subject, role) => As(subject, role), Clock);

    /// <summary>A caller without a token.</summary>
    public Person Anonymous => new("", token: null, Channel);

    /// <summary>Starts a system.</summary>
    /// <param name="now">What its clock says; by default a Monday on which the whole default pack up to 2025-05-15 is known.</param>
    /// <param name="dataDirectory">By default a new one, removed at the end.</param>
    /// <param name="settings">Options of the command line.</param>
    public static async Task<RunningHost> Start(DateTimeOffset? now = null, string? dataDirectory = null, params string[] settings)
    {
        var clock = new SimulatedClock(now ?? new DateTimeOffset(2025, 6, 2, 15, 0, 0, TimeSpan.Zero));
        var directory = dataDirectory ?? Directory.CreateTempSubdirectory("ordertracking-").FullName;
        return new RunningHost(await StartApp(clock, directory, settings), clock, directory, dataDirectory is null, settings);
    }

    /// <summary>Somebody with a token of these roles.</summary>
    public Person As(string subject, params string[] roles) =>
        new(subject, _app.Services.GetRequiredService<DevelopmentTokens>().Mint(subject, roles, TokenLifetime), Channel);

    /// <summary>Stops the services in order and starts them again on the same data. The port changes.</summary>
    public async Task Restart()
    {
        await Stop();
        _app = await StartApp(Clock, DataDirectory, _settings);
        Channel = Open(_app);
    }

    /// <summary>Stops the services in order.</summary>
    public async Task Stop()
    {
        await _app.StopAsync();
        Channel.Dispose();
        await _app.DisposeAsync();
    }

    /// <summary>Asks the services to stop, and returns before they have.</summary>
    public void BeginStop() => _app.Lifetime.StopApplication();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Stop();
        if (_ownsDirectory)
            Directory.Delete(DataDirectory, recursive: true);
    }

    private static async Task<WebApplication> StartApp(SimulatedClock clock, string directory, string[] settings)
    {
        var app = HostApp.Build(["--port", "0", "--data", directory, "--Traces:Page:Port=none", .. settings], builder =>
        {
            builder.Services.AddSingleton<TimeProvider>(clock);
            builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("OrderTracking", LogLevel.Warning);
        });
        await app.StartAsync();
        return app;
    }

    private static GrpcChannel Open(WebApplication app) => GrpcChannel.ForAddress(
        app.Services.GetRequiredService<ServiceAddresses>().Own!,
        new GrpcChannelOptions { HttpHandler = new SocketsHttpHandler { EnableMultipleHttp2Connections = true } });
}
