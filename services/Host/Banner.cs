using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Hosting;
using OrderTracking.Host.Traces;

namespace OrderTracking.Host;

/// <summary>What a person reads when the services are up.</summary>
internal static class Banner
{
    private const string Method = "ordertracking.compliance.v1.RuleService/ListRules";

    public static string Of(WebApplication app)
    {
        var address = app.Services.GetRequiredService<ServiceAddresses>().Own
            ?? throw new InvalidOperationException("The server is not bound.");
        var url = address.GetLeftPart(UriPartial.Authority);
        var directory = app.Services.GetRequiredService<StorageOptions>().DataDirectory;
        var data = directory == new StorageOptions().DataDirectory ? "" : $" --data {directory}";
        var traces = app.Services.GetService<TraceServer>()?.Address is { } page ? $"\nRecent traces are shown on {page}" : "";
        return $"""
            OrderTracking is up: gRPC (cleartext HTTP/2) on {url}, data in {Path.GetFullPath(directory)}{traces}
            Test-grade rules, not legal advice.

            Get a token
              TOKEN=$(dotnet run --project services/Host -- token --subject alice --role officer{data})
            Call a method
              grpcurl -plaintext -H "authorization: Bearer $TOKEN" -d '{"{}"}' {address.Authority} {Method}
              buf curl --protocol grpc --http2-prior-knowledge -H "authorization: Bearer $TOKEN" -d '{"{}"}' \
                {url}/{Method}

            Ctrl-C ends it.
            """;
    }
}
