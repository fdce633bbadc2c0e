using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Net.Client;
using Grpc.Reflection.V1Alpha;
using Microsoft.Extensions.DependencyInjection;
using OrderTracking.BuildingBlocks.Hosting;
using OrderTracking.Host;
using OrderTracking.Orders.V1;
using OrderTracking.SystemTests.Contracts;
using OrderTracking.TestKit;
using Xunit;
using Serving = Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus;

namespace OrderTracking.SystemTests.Running;

public class HealthTests
{
    // FEATURES O8: who watches sees the flip within 5 s.
    private static readonly TimeSpan FlipDeadline = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task Each_service_the_process_and_its_life_can_be_asked_for()
    {
        await using var host = await RunningHost.Start();
        var health = new Health.HealthClient(host.Channel);
        foreach (var service in ProtoContract.Methods.Select(method => method.Service.FullName).Distinct().Concat(["", "live"]))
        {
            var request = new HealthCheckRequest { Service = service };
            await Eventually.Becomes($"'{service}' serves", async () => (await health.CheckAsync(request)).Status == Serving.Serving);
        }

        var stranger = new HealthCheckRequest { Service = "no.such.Service" };
        var unknown = await Assert.ThrowsAsync<RpcException>(async () => await health.CheckAsync(stranger));
        Assert.Equal(StatusCode.NotFound, unknown.StatusCode);
    }

    [Fact]
    public async Task Who_watches_sees_the_shutdown_within_five_seconds()
    {
        await using var host = await RunningHost.Start();
        using var deadline = new CancellationTokenSource();
        using var watch = new Health.HealthClient(host.Channel).Watch(new HealthCheckRequest(), cancellationToken: deadline.Token);
        Assert.True(await SawServing(watch.ResponseStream));
        host.BeginStop();
        deadline.CancelAfter(FlipDeadline);
        Assert.True(await SawOther(watch.ResponseStream), "no flip was seen");
    }

    [Fact]
    public async Task A_port_for_probes_answers_health_and_nothing_else()
    {
        var port = HostProcess.FreePort();
        await using var host = await RunningHost.Start(settings: $"--Grpc:HealthPort={port}");
        using var probes = GrpcChannel.ForAddress($"http://127.0.0.1:{port}");
        var health = new Health.HealthClient(probes);
        await Eventually.Becomes("ready", async () => (await health.CheckAsync(new HealthCheckRequest())).Status == Serving.Serving);
        var token = host.Services.GetRequiredService<DevelopmentTokens>().Mint("erp", ["caller"], TimeSpan.FromHours(1));
        var refused = await Assert.ThrowsAsync<RpcException>(
            async () => await new Person("erp", token, probes).Orders.ListOrdersAsync(new ListOrdersRequest()));
        Assert.Equal(StatusCode.Unimplemented, refused.StatusCode);
        Assert.Empty((await host.Shop.Caller.Orders.ListOrdersAsync(new ListOrdersRequest())).Orders);
    }

    [Fact]
    public async Task Reflection_names_every_service()
    {
        await using var host = await RunningHost.Start();
        using var call = new ServerReflection.ServerReflectionClient(host.Channel).ServerReflectionInfo();
        await call.RequestStream.WriteAsync(new ServerReflectionRequest { ListServices = "" });
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        await call.RequestStream.CompleteAsync();
        var named = call.ResponseStream.Current.ListServicesResponse.Service.Select(service => service.Name);
        Assert.Empty(ProtoContract.Methods.Select(method => method.Service.FullName).Distinct().Except(named));
    }

    [Fact]
    public async Task Reflection_knows_what_an_operation_carries_though_no_method_names_it()
    {
        await using var host = await RunningHost.Start();
        using var call = new ServerReflection.ServerReflectionClient(host.Channel).ServerReflectionInfo();
        await call.RequestStream.WriteAsync(new ServerReflectionRequest { FileContainingSymbol = "ordertracking.type.v1.JobMetadata" });
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        await call.RequestStream.CompleteAsync();
        Assert.NotEmpty(call.ResponseStream.Current.FileDescriptorResponse?.FileDescriptorProto ?? []);
    }

    private static async Task<bool> SawServing(IAsyncStreamReader<HealthCheckResponse> stream)
    {
        while (await stream.MoveNext(CancellationToken.None))
        {
            if (stream.Current.Status == Serving.Serving)
                return true;
        }

        return false;
    }

    // The server says that it serves no more, or ends the stream for a client to ask again: both are a flip. A deadline is not.
    private static async Task<bool> SawOther(IAsyncStreamReader<HealthCheckResponse> stream)
    {
        try
        {
            while (await stream.MoveNext(CancellationToken.None))
            {
                if (stream.Current.Status != Serving.Serving)
                    return true;
            }

            return true;
        }
        catch (RpcException ended)
        {
            return ended.StatusCode == StatusCode.Unavailable;
        }
    }
}
