using System.Globalization;
using OrderTracking.ComplianceService.Holds;

namespace OrderTracking.ComplianceService.Releases;

/// <summary>What is true of a shipment now, as far as a release can rely on it.</summary>
/// <param name="FactsDigest">Of the facts without the ship date.</param>
/// <param name="ShipDate">The day it is decided for, at the place of export.</param>
/// <param name="Today">Today at the place of export.</param>
internal sealed record Circumstances(string FactsDigest, DateOnly ShipDate, DateOnly Today);

/// <summary>How a release ends that nobody decided on: VOIDED or EXPIRED, and why.</summary>
internal sealed record ReleaseEnd(ReleaseState State, string Why);

/// <summary>A release holds for the facts, the amendment, the effect and the ship dates it was approved for, and for nothing else.</summary>
internal static class ReleaseBinding
{
    /// <summary>Why the release no longer holds; null while it does.</summary>
    /// <param name="ground">What the hold stands on now.</param>
    public static ReleaseEnd? Broken(Release release, HoldGround ground, Circumstances now)
    {
        if (release.FactsDigest != now.FactsDigest)
            return new ReleaseEnd(ReleaseState.Voided, "The facts of the shipment changed after the release.");
        if (release.Amendment != ground.Amendment)
            return new ReleaseEnd(ReleaseState.Voided, $"{ground.Amendment} governs now; the release relied on {release.Amendment}.");
        if (release.Effect != ground.Effect)
            return new ReleaseEnd(ReleaseState.Voided, "The rule has another effect now than the one released.");
        if (release.Covers(now.ShipDate))
            return null;
        var window = string.Create(
            CultureInfo.InvariantCulture, $"The release is for ship dates {release.FirstShipDate:yyyy-MM-dd} to {release.LastShipDate:yyyy-MM-dd}");
        return now.Today > release.LastShipDate
            ? new ReleaseEnd(ReleaseState.Expired, $"{window}, and the last has gone by.")
            : new ReleaseEnd(
                ReleaseState.Voided, string.Create(CultureInfo.InvariantCulture, $"{window}; the shipment leaves on {now.ShipDate:yyyy-MM-dd}."));
    }
}
