using System.Globalization;

namespace OrderTracking.BuildingBlocks.Grpc;

/// <summary>The version of a resource as callers see it, and the guard against lost updates.</summary>
public static class Etag
{
    /// <summary>The etag of a version: the number in double quotes.</summary>
    public static string Of(long version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    /// <summary>Refuses a change that rests on an old reading.</summary>
    /// <param name="given">The etag of the request; blank where the caller did not send one.</param>
    /// <param name="current">The version in the database.</param>
    /// <param name="strict">True where a missing etag is refused too.</param>
    /// <exception cref="Refusal">ETAG_REQUIRED or ETAG_MISMATCH.</exception>
    public static void Require(string given, long current, bool strict)
    {
        if (given.Length == 0 && !strict)
            return;
        if (given.Length == 0)
            Violations.Throw("etag", BuildingReasons.EtagRequired, null, "the etag of the resource as read");
        if (given == Of(current))
            return;
        throw new Refusal(BuildingReasons.EtagMismatch, "The resource changed since it was read; read it again and repeat the change.")
        {
            Metadata = new Dictionary<string, string> { ["given_etag"] = given, ["current_etag"] = Of(current) },
        };
    }
}
