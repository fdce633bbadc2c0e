using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Net.Client;
using Microsoft.Extensions.Configuration;

namespace OrderTracking.BuildingBlocks.Hosting;

/// <summary>
/// <c>--health [NAME]</c>: asks the process that runs with the same configuration for its gRPC health over the loopback, so that an
/// image needs no tool for its probe. No name: ready; <c>live</c>: alive. Ends with 0 where it serves, else with 1.
/// </summary>
public static class HealthProbe
{
    private const string Option = "--health";
    private const int Serves = 0;
    private const int ServesNot = 1;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>True where the arguments ask for a probe instead of a server.</summary>
    public static bool IsAsked(IReadOnlyList<string> args) => args.Contains(Option, StringComparer.Ordinal);

    /// <summary>Asks as the arguments say; the other arguments are settings, beside the environment and appsettings.json.</summary>
    /// <returns>The exit code.</returns>
    public static Task<int> Run(IReadOnlyList<string> args)
    {
        var (name, settings) = Read(args);
        var configuration = new ConfigurationBuilder()
            .SetBasePath(AppContext.BaseDirectory)
            .AddJsonFile("appsettings.json", optional: true)
            .AddEnvironmentVariables()
            .AddCommandLine(settings)
            .Build();
        return Ask(configuration, name, Console.Error);
    }

    /// <summary>The name of the health service the arguments ask for, and the arguments without the probe.</summary>
    internal static (string Name, string[] Settings) Read(IReadOnlyList<string> args)
    {
        var settings = args.ToList();
        var at = settings.IndexOf(Option);
        settings.RemoveAt(at);
        if (at >= settings.Count || settings[at].StartsWith('-'))
            return ("", [.. settings]);
        var name = settings[at];
        settings.RemoveAt(at);
        return (name, [.. settings]);
    }

    /// <summary>Asks once, with a deadline.</summary>
    /// <param name="configuration">That of the process asked: its port, its address and its certificate.</param>
    /// <param name="name">The name of the health service; empty: the whole process.</param>
    /// <param name="errors">Takes why it does not serve.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> Ask(IConfiguration configuration, string name, TextWriter errors)
    {
        ArgumentNullException.ThrowIfNull(errors);
        var options = ServiceHostOptions.From(configuration);
        var certificate = configuration["Grpc:Tls:CertificateFile"];
        var key = configuration["Grpc:Tls:KeyFile"];
        using var own = string.IsNullOrEmpty(certificate)
            ? null
            : X509Certificate2.CreateFromPemFile(certificate, string.IsNullOrEmpty(key) ? null : key);
        var address = new UriBuilder(own is null ? "http" : "https", Reachable(options.Address).ToString(), options.Port).Uri;
        using var handler = new SocketsHttpHandler { ConnectTimeout = Patience, SslOptions = Trusting(own) };
        using var channel = GrpcChannel.ForAddress(address, new GrpcChannelOptions { HttpHandler = handler });
        try
        {
            var deadline = TimeProvider.System.GetUtcNow().UtcDateTime + Patience;
            var answer = await new Health.HealthClient(channel).CheckAsync(new HealthCheckRequest { Service = name }, deadline: deadline);
            if (answer.Status == HealthCheckResponse.Types.ServingStatus.Serving)
                return Serves;
            await errors.WriteLineAsync($"{address} '{name}': {answer.Status}");
        }
        catch (RpcException error)
        {
            await errors.WriteLineAsync($"{address} '{name}': {error.Status.StatusCode} {error.Status.Detail}");
        }

        return ServesNot;
    }

    // A server bound to every address is asked on the loopback.
    private static IPAddress Reachable(IPAddress address) => address switch
    {
        _ when address.Equals(IPAddress.Any) => IPAddress.Loopback,
        _ when address.Equals(IPAddress.IPv6Any) => IPAddress.IPv6Loopback,
        _ => address,
    };

    // The loopback is in no certificate: what must answer is the very certificate the process is configured with.
    private static SslClientAuthenticationOptions Trusting(X509Certificate2? own) => own is null
        ? new SslClientAuthenticationOptions()
        : new SslClientAuthenticationOptions
        {
            ClientCertificates = [own],
            RemoteCertificateValidationCallback = (_, presented, _, _) =>
                presented is not null && presented.GetRawCertData().AsSpan().SequenceEqual(own.RawData),
        };
}
