using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Reflection.V1Alpha;
using OrderTracking.BuildingBlocks.Tests.Probe;
using static Grpc.Health.V1.HealthCheckResponse.Types;

namespace OrderTracking.BuildingBlocks.Tests.Grpc;

public sealed class HealthTests : IAsyncLifetime
{
    private ProbeHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await ProbeHost.Start((_, _) => Task.FromResult(new AskResponse()));

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("")]
    [InlineData("live")]
    [InlineData("ordertracking.probe.v1.ProbeService")]
    public async Task A_started_process_serves(string service)
    {
        var health = new Health.HealthClient(_host.Channel);
        Assert.Equal(ServingStatus.Serving, (await health.CheckAsync(new HealthCheckRequest { Service = service })).Status);
    }

    [Fact]
    public async Task An_unknown_service_is_not_found()
    {
        var health = new Health.HealthClient(_host.Channel);
        var error = await Assert.ThrowsAsync<RpcException>(async () => await health.CheckAsync(new HealthCheckRequest { Service = "nobody" }));
        Assert.Equal(StatusCode.NotFound, error.StatusCode);
    }

    [Fact]
    public async Task A_watcher_sees_the_process_go()
    {
        using var watch = new Health.HealthClient(_host.Channel).Watch(new HealthCheckRequest { Service = "ordertracking.probe.v1.ProbeService" });
        var seen = new List<ServingStatus>();
        while (!seen.Contains(ServingStatus.Serving) && await watch.ResponseStream.MoveNext(CancellationToken.None))
            seen.Add(watch.ResponseStream.Current.Status);
        var start = TimeProvider.System.GetTimestamp();
        var stopping = _host.Stop();
        while (await watch.ResponseStream.MoveNext(CancellationToken.None))
            seen.Add(watch.ResponseStream.Current.Status);

        Assert.Equal(ServingStatus.NotServing, seen[^1]);
        Assert.True(TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromSeconds(5));
        await stopping;
    }

    [Fact]
    public async Task Reflection_lists_the_services()
    {
        using var call = new ServerReflection.ServerReflectionClient(_host.Channel).ServerReflectionInfo();
        await call.RequestStream.WriteAsync(new ServerReflectionRequest { ListServices = "" });
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        Assert.Contains("ordertracking.probe.v1.ProbeService", call.ResponseStream.Current.ListServicesResponse.Service.Select(service => service.Name));
    }
}
