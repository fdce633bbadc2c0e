using System.Buffers.Text;
using System.Globalization;
using System.Text;
using OrderTracking.BuildingBlocks.Grpc;

namespace OrderTracking.ShipmentService.Watching;

/// <summary>The place a watch has come to. Opaque to callers, and good for the same watch only.</summary>
internal static class ResumeToken
{
    private const string Version = "1";
    private const char Separator = '|';

    public static string Write(string orderName, long seq) =>
        Base64Url.EncodeToString(
            Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Version}{Separator}{orderName}{Separator}{seq}")));

    /// <summary>The place to go on after; 0 for a blank token.</summary>
    /// <exception cref="Refusal">RESUME_TOKEN_INVALID.</exception>
    public static long Read(string token, string orderName)
    {
        if (token.Length == 0)
            return 0;
        var parts = Decode(token).Split(Separator);
        if (parts is [Version, var order, var text]
            && order == orderName
            && long.TryParse(text, CultureInfo.InvariantCulture, out var seq)
            && seq >= 0)
            return seq;
        Violations.Throw(
            "resume_token", ShipmentReasons.ResumeTokenInvalid, token, "a resume_token that a watch of the same order gave, or blank");
        return 0;
    }

    private static string Decode(string token) =>
        Base64Url.IsValid(token) ? Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token)) : "";
}
