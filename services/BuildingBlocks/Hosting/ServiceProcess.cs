using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OrderTracking.BuildingBlocks.Data;

namespace OrderTracking.BuildingBlocks.Hosting;

/// <summary>A service as a process of its own: what its <c>Main</c> does beside naming its modules.</summary>
public static class ServiceProcess
{
    private const int Failed = 1;
    private const int Misused = 2;

    /// <summary>Serves until the process is told to end, or does what the arguments ask for instead.</summary>
    /// <param name="args">As the process got them.</param>
    /// <param name="sections">What the service reads besides what every process does, such as <c>Orders:</c>.</param>
    /// <param name="add">Adds the service's modules.</param>
    /// <param name="map">Maps its methods.</param>
    /// <returns>The exit code: 0, 1 where the process could not start, 2 where the arguments are wrong.</returns>
    public static async Task<int> Run(
        string[] args, IReadOnlyList<string> sections, Action<WebApplicationBuilder> add, Action<WebApplication> map)
    {
        SharedArrays.MakeRoom();
        ArgumentNullException.ThrowIfNull(add);
        ArgumentNullException.ThrowIfNull(map);
        if (HealthProbe.IsAsked(args))
            return await HealthProbe.Run(args);
        ProcessArguments arguments;
        try
        {
            arguments = ProcessArguments.Parse(args, sections);
        }
        catch (ArgumentException misuse)
        {
            await Console.Error.WriteLineAsync($"{misuse.Message}\n\n{ProcessArguments.Usage}");
            return Misused;
        }

        try
        {
            if (arguments.IsHelp)
                return await Print(ProcessArguments.Usage);
            var builder = BuilderOf(arguments);
            if (arguments.IsMigration)
                return await Print(await Migrate(builder, add));
            await Serve(builder, add, map);
            return 0;
        }
        catch (Exception refused) when (refused is InvalidOperationException or IOException or FormatException)
        {
            await Console.Error.WriteLineAsync($"The service cannot start: {refused.Message}");
            return Failed;
        }
    }

    /// <summary>Brings the databases of the modules up to date; nothing else of the process is composed, so nothing else need be configured.</summary>
    /// <param name="builder">The process, with its configuration.</param>
    /// <param name="add">Adds the modules.</param>
    /// <returns>A sentence a database.</returns>
    /// <exception cref="InvalidOperationException">A database cannot be reached, or a migration was edited or failed.</exception>
    public static async Task<string> Migrate(WebApplicationBuilder builder, Action<WebApplicationBuilder> add)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(add);
        var storage = StorageOptions.From(builder.Configuration);
        storage.Check();
        builder.Services.AddSingleton(storage);
        add(builder);
        await using var provider = builder.Services.BuildServiceProvider();
        var done = new List<string>();
        foreach (var database in provider.GetServices<Db>())
        {
            await database.Migrate(CancellationToken.None);
            done.Add($"The database {database.Name} is up to date.");
        }

        return string.Join(Environment.NewLine, done);
    }

    private static async Task Serve(WebApplicationBuilder builder, Action<WebApplicationBuilder> add, Action<WebApplication> map)
    {
        builder.AddServiceDefaults();
        add(builder);
        await using var app = builder.Build();
        map(app);
        app.MapServiceDefaults();
        await app.RunAsync();
    }

    private static WebApplicationBuilder BuilderOf(ProcessArguments arguments)
    {
        // appsettings.json is beside the program, wherever it is started from.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddInMemoryCollection(arguments.Settings);
        return builder;
    }

    private static async Task<int> Print(string text)
    {
        await Console.Out.WriteLineAsync(text);
        return 0;
    }
}
