using System.Globalization;
using System.Net;
using System.Net.Sockets;
using DotNet.Testcontainers.Configurations;
using DotNet.Testcontainers.Images;
using Testcontainers.RabbitMq;

namespace OrderTracking.TestKit.Brokers;

/// <summary>A broker in a container. Its image is never fetched: the tests run without a registry.</summary>
internal sealed class ContainerBroker : TestBroker
{
    public const string ImageVariable = "ORDERTRACKING_TEST_RABBITMQ_IMAGE";
    public const string ImageDefault = "ordertracking/rabbitmq:local";
    private const int AmqpPort = 5672;
    private const string Secret = "tests-only";
    private readonly RabbitMqContainer _container;
    private readonly int _port;

    private ContainerBroker(string image)
    {
        _port = FreePort();
        _container = new RabbitMqBuilder(image)
            .WithImagePullPolicy(PullPolicy.Never)
            .WithUsername("tests")
            .WithPassword(Secret)
            // A port of our choice stays the same when the container is started again.
            .WithPortBinding(_port, AmqpPort)
            .Build();
    }

    public override string Address => string.Create(CultureInfo.InvariantCulture, $"amqp://127.0.0.1:{_port}/");

    public override string User => "tests";

    public override string Password => Secret;

    public override bool CanBeStopped => true;

    /// <summary>Null where no engine answers or the image is not on this machine.</summary>
    public static async Task<ContainerBroker?> TryCreate()
    {
        if (!File.Exists("/var/run/docker.sock") && Environment.GetEnvironmentVariable("DOCKER_HOST") is null)
            return null;
        // The reaper is an image of its own, which is not here; the containers are removed by their owners.
        TestcontainersSettings.ResourceReaperEnabled = false;
        ContainerBroker? broker = null;
        try
        {
            // An engine that is too old for Testcontainers is told here already.
            broker = new ContainerBroker(Environment.GetEnvironmentVariable(ImageVariable) ?? ImageDefault);
            await broker._container.StartAsync();
            return broker;
        }
        // Testcontainers tells a missing engine, a missing image and a broken container by exceptions of many types.
        catch (Exception)
        {
            if (broker is not null)
                await broker.DisposeAsync();
            return null;
        }
    }

    /// <inheritdoc/>
    public override Task Stop() => _container.StopAsync();

    /// <inheritdoc/>
    public override async Task Kill()
    {
        await _container.ExecAsync(["kill", "-9", "-1"]);
        await _container.StopAsync();
    }

    /// <inheritdoc/>
    public override Task Start() => _container.StartAsync();

    /// <inheritdoc/>
    public override async Task Control(params string[] arguments)
    {
        var result = await _container.ExecAsync(["rabbitmqctl", .. arguments]);
        if (result.ExitCode != 0)
            throw new InvalidOperationException($"rabbitmqctl {arguments[0]}: {result.Stdout}{result.Stderr}");
    }

    public override async ValueTask DisposeAsync()
    {
        await _container.DisposeAsync();
        await base.DisposeAsync();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
