using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.Wire;

namespace OrderTracking.ComplianceService.Releases;

/// <summary>Reads holds/{hold}/releases/{release}.</summary>
internal static class ReleaseName
{
    private const string Collection = "releases";

    public static (Guid Hold, Guid Release)? Parse(string name, string field, Violations violations)
    {
        var cut = name.IndexOf($"/{Collection}/", StringComparison.Ordinal);
        var parts = new Violations();
        var hold = cut < 0 ? null : WireName.Parse(name[..cut], Names.Holds, field, parts);
        var release = cut < 0 ? null : WireName.Parse(name[(cut + 1)..], Collection, field, parts);
        if (hold is not null && release is not null)
            return (hold.Value, release.Value);
        violations.Add(field, BuildingReasons.NameInvalid, name, "holds/{hold}/releases/{release}, the ids lower-case UUIDs");
        return null;
    }
}
