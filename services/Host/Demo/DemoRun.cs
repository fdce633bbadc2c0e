using Grpc.Core;
using Grpc.Net.Client;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Hosting;
using OrderTracking.Host.Demo.Tables;

namespace OrderTracking.Host.Demo;

/// <summary>
/// The demo: the services on a simulated clock that only the demo holds, in a fresh data directory, driven through the public gRPC
/// API by several people. Afterwards the services stay up for a look and the clock stands.
/// </summary>
internal static class DemoRun
{
    private const string DataDirectory = "demo";

    public static async Task<int> Run(CommandLine line)
    {
        var clock = new SimulatedClock(new DateTimeOffset(Walk.First, TimeOnly.MinValue, TimeSpan.Zero));
        await using var app = HostApp.Build(WithFreshDataDirectory(line), builder =>
        {
            builder.Services.AddSingleton<TimeProvider>(clock);
            // The walk's own lines tell what happens.
            builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("OrderTracking", LogLevel.Warning);
        });
        await app.StartAsync();
        var stopping = app.Lifetime.ApplicationStopping;
        try
        {
            await Play(app, clock, stopping);
        }
        catch (Exception ended) when (stopping.IsCancellationRequested && ended is OperationCanceledException or RpcException)
        {
            // Ctrl-C during the walk.
            await app.WaitForShutdownAsync();
            return 0;
        }

        if (line.Exit)
            await app.StopAsync();
        else
            await StayUp(app, clock);
        return 0;
    }

    private static Task StayUp(WebApplication app, SimulatedClock clock)
    {
        Console.Out.WriteLine($"\nThe simulated clock stands at {clock.GetUtcNow():yyyy-MM-dd HH:mm} UTC. Have a look around:\n");
        Console.Out.WriteLine(Banner.Of(app));
        return app.WaitForShutdownAsync();
    }

    private static async Task Play(WebApplication app, SimulatedClock clock, CancellationToken stopping)
    {
        var console = Screens.Open();
        var screen = new Screen(console);
        using var channel = GrpcChannel.ForAddress(app.Services.GetRequiredService<ServiceAddresses>().Own!);
        var tokens = app.Services.GetRequiredService<DevelopmentTokens>();
        var cast = new Cast((subject, roles) => new Person(subject, tokens.Mint(subject, roles, TimeSpan.FromHours(8)), channel));
        var board = new ShipmentBoard(cast.Auditor);
        using var done = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var following = board.Follow(done.Token);
        screen.Opening(Walk.First, Walk.Last);
        var walk = new Walk(clock, cast, board, screen, stopping);
        await walk.Run();
        screen.Closing();
        await new Report(console, cast, board, walk.OrderNames, stopping).Print();
        await done.CancelAsync();
        await following;
    }

    private static CommandLine WithFreshDataDirectory(CommandLine line)
    {
        var root = HostApp.Configuration(line)["Storage:DataDirectory"] ?? new StorageOptions().DataDirectory;
        var directory = Path.Combine(root, DataDirectory);
        // Not under the feet of a demo that is still up.
        using var claim = new DataDirectoryClaim(directory);
        // Only what a host makes there: the directory may have been named by mistake.
        foreach (var file in Directory.EnumerateFiles(directory, "*.db*"))
            File.Delete(file);
        return line.WithSetting("Storage:DataDirectory", directory);
    }
}
