namespace OrderTracking.BuildingBlocks.Hosting.Identity;

/// <summary>The tokens this process calls other services with.</summary>
internal interface IServiceTokens
{
    /// <summary>A token that is valid for a while.</summary>
    /// <param name="subject">The service that calls.</param>
    /// <exception cref="global::Grpc.Core.RpcException">UNAVAILABLE: there is none now.</exception>
    ValueTask<string> Get(string subject, CancellationToken cancellation);

    /// <summary>Told that a token was refused where it was shown: the next call gets another one.</summary>
    void Forget(string token);
}
