using System.Globalization;
using OrderTracking.ComplianceService.Holds;
using OrderTracking.ComplianceService.Screening;

namespace OrderTracking.ComplianceService.Releases;

/// <summary>How a release ends that nobody decided on: VOIDED or EXPIRED, and why.</summary>
internal sealed record ReleaseEnd(ReleaseState State, string Why)
{
    /// <summary>What it relied on that is another now, one by one.</summary>
    public IReadOnlyList<ReleaseChange> Changes { get; init; } = [];
}

/// <summary>A release holds for the facts, the amendment, the effect and the ship dates it was approved for, and for nothing else.</summary>
internal static class ReleaseBinding
{
    /// <summary>Why the release no longer holds, with everything that changed; null while it holds.</summary>
    /// <param name="ground">What the hold stands on now.</param>
    public static ReleaseEnd? Broken(Release release, HoldGround ground, Circumstances now)
    {
        var facts = release.Facts is { } given ? FactsDifference.Between(given, now.Facts) : [];
        var isOtherwise = release.FactsDigest != now.FactsDigest || release.Amendment != ground.Amendment || release.Effect != ground.Effect;
        if (!isOtherwise && release.Covers(now.ShipDate))
            return null;
        if (!isOtherwise && now.Today > release.LastShipDate)
            return new ReleaseEnd(ReleaseState.Expired, $"{Window(release)}, and the last has gone by.");
        if (!isOtherwise)
            return new ReleaseEnd(
                ReleaseState.Voided, string.Create(CultureInfo.InvariantCulture, $"{Window(release)}; the shipment leaves on {now.ShipDate:yyyy-MM-dd}."))
            {
                Changes = facts,
            };
        IReadOnlyList<ReleaseChange> changes = [.. facts, .. Law(release, ground)];
        return new ReleaseEnd(ReleaseState.Voided, changes.Count == 0
            ? "The facts of the shipment changed after the release."
            : $"What the release relied on has changed: {string.Join("; ", changes)}.")
        {
            Changes = changes,
        };
    }

    private static IEnumerable<ReleaseChange> Law(Release release, HoldGround ground)
    {
        if (release.Amendment != ground.Amendment)
            yield return new ReleaseChange("amendment", OrNone(release.Amendment), OrNone(ground.Amendment));
        if (release.Effect != ground.Effect)
            yield return new ReleaseChange("effect", Text(release.Effect), Text(ground.Effect));
    }

    private static string Window(Release release) => string.Create(
        CultureInfo.InvariantCulture, $"The release is for ship dates {release.FirstShipDate:yyyy-MM-dd} to {release.LastShipDate:yyyy-MM-dd}");

    private static string OrNone(string text) => text.Length == 0 ? "none" : text;

    private static string Text(Effect? effect) => effect is { } some ? Codes<Effect>.Of(some) : "none";
}
