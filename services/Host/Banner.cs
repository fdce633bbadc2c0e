using OrderTracking.BuildingBlocks.Data;
using OrderTracking.BuildingBlocks.Hosting;

namespace OrderTracking.Host;

/// <summary>What a person reads when the services are up.</summary>
internal static class Banner
{
    public static string Of(WebApplication app)
    {
        var address = app.Services.GetRequiredService<ServiceAddresses>().Own ?? throw new InvalidOperationException("The server is not bound.");
        var directory = app.Services.GetRequiredService<StorageOptions>().DataDirectory;
        var data = directory == new StorageOptions().DataDirectory ? "" : $" --data {directory}";
        return $"""
            OrderTracking is up: gRPC (cleartext HTTP/2) on {address.GetLeftPart(UriPartial.Authority)}, data in {Path.GetFullPath(directory)}
            Test-grade rules, not legal advice.

            Get a token
              TOKEN=$(dotnet run --project services/Host -- token --subject alice --role officer{data})
            Call a method
              grpcurl -plaintext -H "authorization: Bearer $TOKEN" -d '{"{}"}' {address.Authority} ordertracking.compliance.v1.RuleService/ListRules
              buf curl --protocol grpc --http2-prior-knowledge -H "authorization: Bearer $TOKEN" -d '{"{}"}' \
                {address.GetLeftPart(UriPartial.Authority)}/ordertracking.compliance.v1.RuleService/ListRules

            Ctrl-C ends it.
            """;
    }
}
