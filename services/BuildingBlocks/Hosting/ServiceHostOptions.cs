using System.Net;
using Microsoft.Extensions.Configuration;
using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Hosting.Identity;
using OrderTracking.BuildingBlocks.Hosting.Tls;
using OrderTracking.BuildingBlocks.Messaging;
using OrderTracking.BuildingBlocks.Telemetry;

namespace OrderTracking.BuildingBlocks.Hosting;

/// <summary>What a process that serves gRPC is told by its configuration.</summary>
public sealed record ServiceHostOptions
{
    /// <summary>The port of the gRPC server unless configured.</summary>
    public const int PortDefault = 5080;

    /// <summary>The address the gRPC server listens on. A loopback address while the security mode is Development.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>The port of the gRPC server; 0: any free one.</summary>
    public int Port { get; init; } = PortDefault;

    /// <summary>A port that answers gRPC health only, without TLS, for probes that speak none; null: there is none.</summary>
    public int? HealthPort { get; init; }

    /// <summary>How callers prove who they are, and how this process does.</summary>
    public SecurityOptions Security { get; init; } = new();

    /// <summary>TLS, and where there may be none.</summary>
    public TransportOptions Transport { get; init; } = new();

    /// <summary>What the server takes at once.</summary>
    public GrpcLimitsOptions Limits { get; init; } = new();

    /// <summary>Where the databases are.</summary>
    public StorageOptions Storage { get; init; } = new();

    /// <summary>How events travel.</summary>
    public MessagingOptions Messaging { get; init; } = new();

    /// <summary>Whether the process's clock is off, for tests.</summary>
    public ClockOptions Clock { get; init; } = new();

    /// <summary>Where traces and metrics go.</summary>
    public TelemetryOptions Telemetry { get; init; } = new();

    /// <summary>Reads <c>Grpc:Address</c>, <c>Grpc:Port</c>, <c>Grpc:HealthPort</c>, <c>Security:*</c>, <c>Grpc:Tls:*</c>, <c>Services:*</c>, <c>Storage:*</c>, and what <see cref="MessagingOptions"/> and <see cref="TelemetryOptions"/> read.</summary>
    public static ServiceHostOptions From(IConfiguration configuration) => new()
    {
        Address = IPAddress.Parse(configuration["Grpc:Address"] ?? IPAddress.Loopback.ToString()),
        Port = configuration.GetValue("Grpc:Port", PortDefault),
        HealthPort = HealthListener.PortOf(configuration),
        Limits = GrpcLimitsOptions.From(configuration),
        Security = SecurityOptions.From(configuration),
        Transport = TransportOptions.From(configuration),
        Storage = StorageOptions.From(configuration),
        Messaging = MessagingOptions.From(configuration),
        Clock = ClockOptions.From(configuration),
        Telemetry = TelemetryOptions.From(configuration),
    };

    /// <summary>Refuses what this version does not have and what would not be safe.</summary>
    /// <exception cref="InvalidOperationException">With the setting, its value and what is allowed.</exception>
    public void Check()
    {
        Limits.Check();
        Storage.Check();
        Messaging.Check();
        Clock.Check(Security.Mode);
        Telemetry.Check(Port);
        if (HealthPort is { } health && (health == Port || health == Telemetry.PrometheusPort))
            throw new InvalidOperationException($"Grpc:HealthPort is '{health}', which another listener has; allowed is another one.");
        var errors = new List<string>();
        Security.Check(errors);
        Transport.Check(errors, Security, Address);
        Setting.ThrowIfAny(errors);
    }
}
