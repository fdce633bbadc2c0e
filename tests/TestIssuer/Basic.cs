using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace OrderTracking.TestIssuer;

/// <summary>Reads a client's id and secret from the authorization header.</summary>
internal static class Basic
{
    public static (string Client, string Secret)? Of(HttpRequest request)
    {
        if (!AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var header) || header is not { Scheme: "Basic", Parameter: { } value })
            return null;
        return Encoding.ASCII.GetString(Convert.FromBase64String(value)).Split(':', 2) is [var client, var secret]
            ? (Uri.UnescapeDataString(client), Uri.UnescapeDataString(secret))
            : null;
    }
}
