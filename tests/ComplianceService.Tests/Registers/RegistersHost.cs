using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Hosting;
using OrderTracking.Compliance.V1;
using OrderTracking.ComplianceService.Recheck;
using OrderTracking.ComplianceService.Rules;
using OrderTracking.ComplianceService.Screening;
using Xunit;
using ComplianceApi = OrderTracking.Compliance.V1.ComplianceService;

namespace OrderTracking.ComplianceService.Tests.Registers;

/// <summary>The registers and what-ifs in a process of their own port and data directory, on a clock the test moves.</summary>
public sealed class RegistersHost : IAsyncLifetime
{
    /// <summary>After every instant the cases file asks about.</summary>
    private static readonly DateTimeOffset Start = new(2027, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly string directory = Directory.CreateTempSubdirectory("ordertracking-registers").FullName;
    private WebApplication? app;
    private GrpcChannel? channel;

    internal MovableClock Clock { get; } = new(Start);

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
        builder.Services.AddSingleton<TimeProvider>(Clock);
        builder.AddServiceDefaults(new ServiceHostOptions { Port = 0, Storage = new StorageOptions { DataDirectory = directory } });
        builder.Services.AddDb<ComplianceDb>("compliance");
        builder.Services.AddSingleton<RecheckSignal>();
        builder.Services.AddRegisters();
        app = builder.Build();
        app.MapGrpcService<ChecksOnly>();
        app.MapRegisters();
        app.MapServiceDefaults();
        await app.StartAsync();
        channel = GrpcChannel.ForAddress(app.Services.GetRequiredService<ServiceAddresses>().Own!);
    }

    private async Task Stop()
    {
        channel?.Dispose();
        await app!.StopAsync();
        await app.DisposeAsync();
    }

    internal sealed class ChecksOnly(CheckShipment check, BatchCheckShipments batch) : ComplianceApi.ComplianceServiceBase
    {
        public override Task<Compliance.V1.Decision> CheckShipment(CheckShipmentRequest request, ServerCallContext context) => check.Answer(request, context);

        public override Task BatchCheckShipments(
            IAsyncStreamReader<BatchCheckShipmentsRequest> requestStream, IServerStreamWriter<BatchCheckShipmentsResponse> responseStream, ServerCallContext context) =>
            batch.Answer(requestStream, responseStream, context);
    }
}
