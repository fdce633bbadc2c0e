using System.Reflection;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Hosting;
using OrderTracking.ComplianceService;
using OrderTracking.Host.Traces;
using OrderTracking.OrderService;
using OrderTracking.ShipmentService;

namespace OrderTracking.Host;

/// <summary>The three services in one process: one bus, one gRPC port, three SQLite files.</summary>
public static class HostApp
{
    /// <summary>Composes the process; nothing runs yet.</summary>
    /// <param name="args">Options of the command line.</param>
    /// <param name="configure">What the caller adds before the services are; a clock, for example.</param>
    /// <exception cref="UsageException">An option there is not.</exception>
    /// <exception cref="InvalidOperationException">A setting asks for what this version lacks or what would not be safe.</exception>
    public static WebApplication Build(IReadOnlyList<string> args, Action<WebApplicationBuilder>? configure = null) =>
        Build(CommandLine.Parse(args), configure);

    internal static WebApplication Build(CommandLine line, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = BuilderOf(line);
        builder.Services.Configure<ConsoleLifetimeOptions>(console => console.SuppressStatusMessages = true);
        configure?.Invoke(builder);
        builder.AddServiceDefaults();
        builder.AddTracePage();
        AddModules(builder);
        var hasDirectoryAlone = StorageOptions.From(builder.Configuration).Provider == StorageOptions.Sqlite;
        if (hasDirectoryAlone)
            builder.Services.AddHostedService<LeasesOfTheDead>();
        builder.Services.AddSingleton(provider => new DataDirectoryClaim(provider.GetRequiredService<StorageOptions>().DataDirectory));
        var app = builder.Build();
        // Before anything opens a file there; the process's services let go of it at their end. Replicas on a server share no file.
        if (hasDirectoryAlone)
            app.Services.GetRequiredService<DataDirectoryClaim>();
        app.MapOrderService().MapShipmentService().MapComplianceService();
        app.MapServiceDefaults();
        return app;
    }

    /// <summary>Brings the databases of all services up to date; processes may be running on them.</summary>
    internal static Task<string> Migrate(CommandLine line) => ServiceProcess.Migrate(BuilderOf(line), AddModules);

    /// <summary>The settings the process would run with, without composing it.</summary>
    internal static IConfiguration Configuration(CommandLine line) => new ConfigurationBuilder()
        .SetBasePath(AppContext.BaseDirectory)
        .AddJsonFile("appsettings.json")
        .AddEnvironmentVariables()
        .AddInMemoryCollection(line.Settings)
        .Build();

    private static WebApplicationBuilder BuilderOf(CommandLine line)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = Assembly.GetExecutingAssembly().GetName().Name,
            // appsettings.json is beside the program, wherever it is started from.
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.Configuration.AddInMemoryCollection(line.Settings);
        return builder;
    }

    private static void AddModules(WebApplicationBuilder builder)
    {
        builder.Services.AddOrderService(OrderOptions.From(builder.Configuration));
        builder.Services.AddShipmentService(ShipmentOptions.From(builder.Configuration)).AddComplianceService();
    }
}
