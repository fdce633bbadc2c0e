using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Hosting;
using OrderTracking.BuildingBlocks.Hosting.Tls;
using OrderTracking.BuildingBlocks.Tests.Grpc;
using OrderTracking.BuildingBlocks.Tests.Probe;

namespace OrderTracking.BuildingBlocks.Tests.Hosting;

public sealed class TlsTests : IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();
    private readonly List<WebApplication> _running = [];
    private TestCertificates _authority = null!;

    public ValueTask InitializeAsync()
    {
        _authority = new TestCertificates(_directory.Path);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var app in _running)
            await app.DisposeAsync();
        _authority.Dispose();
        _directory.Dispose();
    }

    [Theory]
    [InlineData(ClientCertificates.Off, "none", true)]
    [InlineData(ClientCertificates.Off, "wrong authority", true)]
    [InlineData(ClientCertificates.Allow, "none", true)]
    [InlineData(ClientCertificates.Allow, "right", true)]
    [InlineData(ClientCertificates.Allow, "wrong authority", false)]
    [InlineData(ClientCertificates.Allow, "expired", false)]
    [InlineData(ClientCertificates.Require, "right", true)]
    [InlineData(ClientCertificates.Require, "none", false)]
    [InlineData(ClientCertificates.Require, "wrong authority", false)]
    [InlineData(ClientCertificates.Require, "expired", false)]
    [InlineData(ClientCertificates.Require, "for servers", false)]
    public async Task Callers_are_connected_by_their_certificates(ClientCertificates mode, string shown, bool connected)
    {
        var server = await Start(Tls(mode));
        using var other = new TestCertificates(_directory.Path, "Another authority");
        using var certificate = shown switch
        {
            "right" => _authority.ClientCertificate(),
            "wrong authority" => other.ClientCertificate(),
            "expired" => _authority.ClientCertificate(days: -1),
            "for servers" => _authority.ClientCertificate(forServers: true),
            _ => null,
        };
        Assert.Equal(connected, await Serves(server, certificate));
    }

    [Fact]
    public async Task A_port_with_tls_answers_nothing_in_the_clear()
    {
        var server = await Start(Tls(ClientCertificates.Off));
        using var channel = GrpcChannel.ForAddress($"http://localhost:{server.Port}");
        await Assert.ThrowsAsync<RpcException>(async () => await new Health.HealthClient(channel).CheckAsync(new HealthCheckRequest()));
    }

    [Theory]
    [InlineData("right", "")]
    [InlineData("wrong authority", "Unavailable")]
    [InlineData("expired server", "Unavailable")]
    [InlineData("other name", "Unavailable")]
    [InlineData("none shown", "Unavailable")]
    public async Task A_service_calls_another_one_it_trusts_and_shows_its_certificate(string what, string refused)
    {
        using var other = new TestCertificates(_directory.Path, "Another authority");
        var server = await Start(Tls(ClientCertificates.Require) with { CertificateFile = _authority.Server(what == "expired server" ? -1 : 10) });
        var client = new ClientTlsOptions
        {
            AuthorityFile = (what == "wrong authority" ? other : _authority).AuthorityFile,
            CertificateFile = what == "none shown" ? "" : _authority.Client(),
        };
        var caller = await Start(new ServerTlsOptions(), client, server, host: what == "other name" ? "127.0.0.1" : "localhost");
        var probe = caller.App.Services.GetRequiredService<ProbeService.ProbeServiceClient>();
        var ended = "";
        try
        {
            // Both have the one development key of the directory.
            Assert.Equal("tester:service", (await probe.AskAsync(new AskRequest(), deadline: null)).Answer);
        }
        catch (RpcException error)
        {
            ended = error.StatusCode is StatusCode.Internal or StatusCode.Unavailable ? "Unavailable" : $"{error.Status}";
        }

        Assert.Equal(refused, ended);
    }

    [Fact]
    public async Task A_process_calls_itself_under_its_own_certificate_whatever_that_names()
    {
        var caller = await Start(Tls(ClientCertificates.Off));
        var probe = caller.App.Services.GetRequiredService<ProbeService.ProbeServiceClient>();
        Assert.Equal("tester:service", (await probe.AskAsync(new AskRequest())).Answer);
    }

    [Fact]
    public async Task A_certificate_that_is_replaced_is_used_by_new_connections_and_half_a_one_is_not()
    {
        var options = Tls(ClientCertificates.Off);
        var server = await Start(options);
        var first = await Presented(server);
        await File.WriteAllTextAsync(options.CertificateFile, "-----BEGIN CERTIFICATE-----\nnonsense", TestContext.Current.CancellationToken);
        await Task.Delay(TimeSpan.FromSeconds(1.1), TestContext.Current.CancellationToken);
        Assert.Equal(first, await Presented(server));
        var second = _authority.Replace(options.CertificateFile);
        var deadline = TimeProvider.System.GetTimestamp();
        while (await Presented(server) != second)
            Assert.True(TimeProvider.System.GetElapsedTime(deadline) < TimeSpan.FromSeconds(10), "The new certificate is not used.");
    }

    private ServerTlsOptions Tls(ClientCertificates clients) => new()
    {
        CertificateFile = _authority.Server(),
        ClientCertificates = clients.ToString(),
        ClientAuthorityFile = clients == ClientCertificates.Off ? "" : _authority.AuthorityFile,
    };

    private async Task<Running> Start(ServerTlsOptions tls, ClientTlsOptions? client = null, Running? calls = null, string host = "localhost")
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        if (calls is not null)
            builder.Configuration["Services:probe:Address"] = $"https://{host}:{calls.Port}";
        builder.AddServiceDefaults(new ServiceHostOptions
        {
            Port = 0,
            Transport = new TransportOptions { Server = tls, Client = client ?? new ClientTlsOptions() },
            Storage = new StorageOptions { DataDirectory = _directory.Path },
        });
        builder.Services.AddSingleton<Func<AskRequest, ServerCallContext, Task<AskResponse>>>((_, context) => Task.FromResult(
            new AskResponse { Answer = $"{OrderTracking.BuildingBlocks.Grpc.CallActor.Actor(context).Subject}:service" }));
        builder.Services.AddServiceClient<ProbeService.ProbeServiceClient>("probe", subject: "tester");
        var app = builder.Build();
        _running.Add(app);
        app.MapGrpcService<ProbeImplementation>();
        app.MapServiceDefaults();
        await app.StartAsync();
        return new Running(app, app.Services.GetRequiredService<ServiceAddresses>().Own!.Port);
    }

    private async Task<bool> Serves(Running server, X509Certificate2? shown)
    {
        using var channel = Open(server, shown, _ => { });
        try
        {
            await new Health.HealthClient(channel).CheckAsync(new HealthCheckRequest { Service = "live" });
            return true;
        }
        catch (RpcException)
        {
            return false;
        }
    }

    private async Task<string> Presented(Running server)
    {
        var seen = "";
        using var channel = Open(server, null, certificate => seen = certificate);
        await new Health.HealthClient(channel).CheckAsync(new HealthCheckRequest { Service = "live" });
        return seen;
    }

    private GrpcChannel Open(Running server, X509Certificate2? shown, Action<string> see)
    {
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(_authority.AuthorityFile);
        var options = new SslClientAuthenticationOptions
        {
            ClientCertificates = shown is null ? null : [shown],
            LocalCertificateSelectionCallback = shown is null ? null : (_, _, _, _, _) => shown,
            RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
            {
                see(((X509Certificate2)certificate!).Thumbprint);
                return Trust.NameFits(errors) && Trust.Accepts(certificate, chain, authorities, Trust.ServerUse);
            },
        };
        return GrpcChannel.ForAddress(
            $"https://localhost:{server.Port}",
            new GrpcChannelOptions { HttpHandler = new SocketsHttpHandler { SslOptions = options }, DisposeHttpClient = true });
    }

    private sealed record Running(WebApplication App, int Port);
}
