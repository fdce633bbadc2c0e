using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Console;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.BuildingBlocks.Hosting.Identity;
using OrderTracking.BuildingBlocks.Hosting.Tls;
using OrderTracking.BuildingBlocks.Messaging;
using OrderTracking.BuildingBlocks.Messaging.DeadLetters;
using OrderTracking.BuildingBlocks.Telemetry;
using OrderTracking.Types.V1;

namespace OrderTracking.BuildingBlocks.Hosting;

/// <summary>What every process that serves gRPC has in common.</summary>
public static class ServiceHost
{
    // What runs when the process is told to end is finished, within this.
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Adds the server (HTTP/2, TLS where configured), identity, refusals, default-deny access, health, reflection, telemetry and the bus.
    /// Once a process, before the modules.
    /// </summary>
    /// <param name="builder">The process.</param>
    /// <param name="options">Null: read from the configuration.</param>
    /// <exception cref="InvalidOperationException">A setting names what this version does not have.</exception>
    public static WebApplicationBuilder AddServiceDefaults(this WebApplicationBuilder builder, ServiceHostOptions? options = null)
    {
        options ??= ServiceHostOptions.From(builder.Configuration);
        options.Check();
        var services = builder.Services;
        services.TryAddSingleton(MicrosecondClock.Of(options.Clock.Provider));
        services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);
        // Of the JSON lines, which containers write: a line of a call or of an event carries its trace's id, which is a scope.
        services.PostConfigure<JsonConsoleFormatterOptions>(json => json.IncludeScopes = true);
        services.AddSingleton(options.Storage);
        services.AddSingleton<ServiceAddresses>();
        services.AddMessaging(options.Messaging);
        builder.WebHost.ConfigureKestrel(server =>
        {
            ServerLimits.Apply(server.Limits, options.Limits);
            server.ListenGrpc(options.Address, options.Port, options.Transport);
            if (options.HealthPort is { } health)
                HealthListener.Listen(server, options.Address, health);
        });
        AddGrpcServer(services, options.Limits);
        services.AddSingleton(options.Transport).AddSingleton<ServiceConnections>();
        services.AddCallerIdentity(options.Security, options.Storage.DataDirectory);
        builder.AddTelemetryExport(options.Telemetry);
        return builder;
    }

    /// <summary>Maps identity, dead letters, health and reflection. After the modules have mapped their services.</summary>
    /// <exception cref="InvalidOperationException">A mapped method states no access in its proto.</exception>
    public static WebApplication MapServiceDefaults(this WebApplication app)
    {
        app.MapGrpcService<DeadLetterGrpcService>();
        app.Services.GetRequiredService<AccessTable>().Read(((IEndpointRouteBuilder)app).DataSources);
        app.UseTelemetryExport();
        HealthListener.Guard(app);
        app.Use(BareStatus.Complete);
        app.UseCallerIdentity();
        app.Use(app.Services.GetRequiredService<Admission>().Admit);
        app.MapGrpcHealthChecksService();
        app.MapGrpcReflectionService();
        return app;
    }

    /// <summary>Registers a client of another service that calls with the role <c>service</c> and this service's name.</summary>
    /// <typeparam name="TClient">A generated gRPC client.</typeparam>
    /// <param name="services">The process's services.</param>
    /// <param name="service">The service called, such as <c>shipments</c>.</param>
    /// <param name="subject">The service that calls, such as <c>orders</c>.</param>
    /// <remarks>A process has one client of a type: where two modules register the same type, the first one's subject calls.</remarks>
    public static IServiceCollection AddServiceClient<TClient>(this IServiceCollection services, string service, string subject)
        where TClient : ClientBase<TClient>
    {
        CallerIdentity.RequireAccount(services, subject);
        services.AddKeyedSingleton((subject, service), (provider, _) => new ServiceCalls(
            service,
            subject,
            provider.GetRequiredService<ServiceAddresses>(),
            provider.GetRequiredService<ServiceConnections>(),
            provider.GetRequiredService<IServiceTokens>(),
            provider.GetRequiredService<GrpcLimitsOptions>()));
        services.TryAddSingleton(provider =>
            (TClient)Activator.CreateInstance(typeof(TClient), provider.GetRequiredKeyedService<ServiceCalls>((subject, service)))!);
        return services;
    }

    private static void AddGrpcServer(IServiceCollection services, GrpcLimitsOptions limits)
    {
        services.AddSingleton(limits);
        services.AddSingleton<CallerLimits>();
        services.AddSingleton<MessageBudget>();
        services.AddSingleton<Admission>();
        services.AddSingleton<AccessTable>();
        // One of each: what is not registered is made anew for each call.
        services.AddSingleton<RefusalInterceptor>();
        services.AddSingleton<AccessInterceptor>();
        services.AddSingleton<TagSpans>();
        services.AddGrpc(grpc =>
        {
            grpc.MaxReceiveMessageSize = limits.ReceivedMessageBytesMax;
            grpc.MaxSendMessageSize = limits.SentMessageBytesMax;
            grpc.CompressionProviders = [new BoundedGzip(limits.ReceivedMessageBytesMax)];
            grpc.Interceptors.Add<RefusalInterceptor>();
            // Before access is refused: what somebody tried is found by what it was about.
            grpc.Interceptors.Add<TagSpans>();
            grpc.Interceptors.Add<AccessInterceptor>();
        });
        services.AddGrpcReflection();
        services.AddSingleton(provider => new ReflectionServiceImpl(ReflectedServices(provider), ReflectedSymbols(provider)));
        services.AddSingleton(provider => new ReflectionV1ServiceImpl(ReflectedServices(provider), ReflectedSymbols(provider)));
        services.AddServiceHealth();
    }

    private static IEnumerable<string> ReflectedServices(IServiceProvider provider) =>
        provider.GetRequiredService<AccessTable>().Services.Append(Health.Descriptor.FullName);

    // What an operation carries is named in no method: without its proto a caller's tool could not read the operation.
    private static SymbolRegistry ReflectedSymbols(IServiceProvider provider) => SymbolRegistry.FromFiles(
        [.. provider.GetRequiredService<AccessTable>().Files, HealthReflection.Descriptor, JobReflection.Descriptor]);

}
