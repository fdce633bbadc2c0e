using Microsoft.Extensions.Logging;

namespace OrderTracking.BuildingBlocks.Hosting.Identity;

internal static partial class Log
{
    [LoggerMessage(EventName = "ProviderUnreachable", Level = LogLevel.Warning, Message = "The OpenID provider could not be read at {Address}: {Why}")]
    public static partial void ProviderUnreachable(ILogger logger, string address, string why);

    [LoggerMessage(EventName = "IssuerDiffers", Level = LogLevel.Error, Message = "The OpenID provider says its issuer is {Issuer}; expected is {Expected}")]
    public static partial void IssuerDiffers(ILogger logger, string issuer, string expected);

    [LoggerMessage(EventName = "NoKeys", Level = LogLevel.Error, Message = "The OpenID provider lists no signing key at {Address}")]
    public static partial void NoKeys(ILogger logger, string address);

    [LoggerMessage(EventName = "TokenRefused", Level = LogLevel.Debug, Message = "A token was refused")]
    public static partial void TokenRefused(ILogger logger, Exception error);

    [LoggerMessage(EventName = "ServiceTokenMissing", Level = LogLevel.Warning, Message = "The client {ClientId} got no token: {Why}")]
    public static partial void ServiceTokenMissing(ILogger logger, string clientId, string why);
}
