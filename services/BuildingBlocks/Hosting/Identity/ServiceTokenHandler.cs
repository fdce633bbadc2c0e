using System.Net.Http.Headers;
using Grpc.Core;

namespace OrderTracking.BuildingBlocks.Hosting.Identity;

/// <summary>Adds this process's token to every call of another service, and asks for another one where it is refused.</summary>
internal sealed class ServiceTokenHandler(IServiceTokens tokens, string subject, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private const string StatusField = "grpc-status";
    private static readonly string Unauthenticated = ((int)StatusCode.Unauthenticated).ToString(System.Globalization.CultureInfo.InvariantCulture);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var token = await tokens.Get(subject, cancellationToken);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var response = await base.SendAsync(request, cancellationToken);
        // A refusal comes before any message, so its status is among the headers.
        if (response.Headers.TryGetValues(StatusField, out var status) && status.Contains(Unauthenticated, StringComparer.Ordinal))
            tokens.Forget(token);
        return response;
    }
}
