using Google.Protobuf;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrderTracking.Compliance.V1;
using ComplianceApi = OrderTracking.Compliance.V1.ComplianceService;

namespace OrderTracking.Benchmarks.Screening;

/// <summary>
/// The limit: a gRPC server and nothing else, in a process of its own, that reads the same questions and answers what the product answered
/// to them once. Beside gRPC it tells on a second port how many bytes it has allocated.
/// </summary>
internal static class EchoServer
{
    public const string Verb = "serve-echo";

    /// <param name="args">Port, the port that tells, and the file of the answers.</param>
    public static async Task<int> Run(string[] args)
    {
        var (port, tellingPort) = (Number(args[0]), Number(args[1]));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.ConfigureKestrel(server =>
        {
            server.ListenLocalhost(port, listen => listen.Protocols = HttpProtocols.Http2);
            server.ListenLocalhost(tellingPort, listen => listen.Protocols = HttpProtocols.Http1);
        });
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(new Echo(Read(args[2])));
        var app = builder.Build();
        app.MapGrpcService<Echo>();
        app.MapGet("/allocated", () => Results.Text(FormattableString.Invariant($"{GC.GetTotalAllocatedBytes()}")));
        await app.RunAsync();
        return 0;
    }

    private static Decision[] Read(string file)
    {
        var prepared = new List<Decision>();
        using var stream = File.OpenRead(file);
        while (stream.Position < stream.Length)
            prepared.Add(Decision.Parser.ParseDelimitedFrom(stream));
        return [.. prepared];
    }

    private static int Number(string text) => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private sealed class Echo(Decision[] prepared) : ComplianceApi.ComplianceServiceBase
    {
        private uint _calls;

        public override Task<Decision> CheckShipment(CheckShipmentRequest request, ServerCallContext context) =>
            Task.FromResult(prepared[Interlocked.Increment(ref _calls) % (uint)prepared.Length]);
    }
}
