namespace OrderTracking.BuildingBlocks.Hosting.Identity;

/// <summary>How the OpenID provider is called: soon given up, never redirected, and never with an answer that does not end.</summary>
internal sealed class OidcHttp : IDisposable
{
    private const long AnswerBytesMax = 1024 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    public HttpClient Client { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = ConnectionLifetime })
    {
        Timeout = Patience,
        MaxResponseContentBufferSize = AnswerBytesMax,
    };

    public void Dispose() => Client.Dispose();
}
