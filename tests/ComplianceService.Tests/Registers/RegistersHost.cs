using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Hosting;
using OrderTracking.Compliance.V1;
using OrderTracking.ComplianceService.Rules;
using OrderTracking.ComplianceService.Tests.Service;
using Xunit;
using ComplianceApi = OrderTracking.Compliance.V1.ComplianceService;

namespace OrderTracking.ComplianceService.Tests.Registers;

/// <summary>The registers and what-ifs in a process of their own port and data directory, on a clock the test moves.</summary>
public sealed class RegistersHost : IAsyncLifetime
{
    /// <summary>After every instant the cases file asks about.</summary>
    private static readonly DateTimeOffset Start = new(2027, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly MovableTime clock = new(Start);
    private readonly string directory = Directory.CreateTempSubdirectory("ordertracking-registers").FullName;
    private WebApplication? app;
    private GrpcChannel? channel;

    /// <summary>What the process takes for now; a test may move it, back too.</summary>
    public DateTimeOffset Now
    {
        get => clock.GetUtcNow();
        set => clock.Set(value);
    }

    internal ComplianceDb Db => app!.Services.GetRequiredService<ComplianceDb>();

    internal Knowledge Knowledge => app!.Services.GetRequiredService<Knowledge>();

    public async ValueTask InitializeAsync() => await Run();

    /// <summary>Stops the process and starts another one on the same files.</summary>
    public async Task Restart()
    {
        await Stop();
        await Run();
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        Directory.Delete(directory, recursive: true);
    }

    public ComplianceApi.ComplianceServiceClient Checks(string subject = "erp", string role = "caller") => new(As(subject, role));

    public RuleService.RuleServiceClient Rules(string subject, string role = "officer") => new(As(subject, role));

    public CatalogueService.CatalogueServiceClient Parts(string subject, string role = "officer") => new(As(subject, role));

    public LicenceService.LicenceServiceClient Licences(string subject, string role = "officer") => new(As(subject, role));

    private CallInvoker As(string subject, string role)
    {
        var token = app!.Services.GetRequiredService<DevelopmentTokens>().Mint(subject, [role], TimeSpan.FromHours(1));
        return channel!.Intercept(headers =>
        {
            headers.Add("authorization", $"Bearer {token}");
            return headers;
        });
    }

    private async Task Run()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.AddServiceDefaults(new ServiceHostOptions { Port = 0, Storage = new StorageOptions { DataDirectory = directory } });
        builder.Services.AddComplianceService();
        app = builder.Build();
        app.MapComplianceService().MapServiceDefaults();
        await app.StartAsync();
        channel = GrpcChannel.ForAddress(app.Services.GetRequiredService<ServiceAddresses>().Own!);
    }

    private async Task Stop()
    {
        channel?.Dispose();
        await app!.StopAsync();
        await app.DisposeAsync();
    }
}
