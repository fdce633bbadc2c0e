namespace OrderTracking.ComplianceService.Holds;

internal enum StandingKind
{
    Ready,
    Held,
    Blocked,
}

/// <summary>What a shipment may do after licences, releases and holds by hand, and the reasons left, alphabetically.</summary>
internal sealed record Standing(StandingKind Kind, IReadOnlyList<string> Reasons)
{
    public static Standing Of(IEnumerable<Hold> holds)
    {
        var unsettled = holds.Where(hold => hold.IsUnsettled).ToList();
        return Of(unsettled.Select(hold => (hold.Reason, hold.Blocks)));
    }

    public static Standing Of(IEnumerable<(string Reason, bool Blocks)> obstacles)
    {
        var all = obstacles.ToList();
        var kind = all.Exists(obstacle => obstacle.Blocks) ? StandingKind.Blocked
            : all.Count > 0 ? StandingKind.Held
            : StandingKind.Ready;
        return new Standing(kind, [.. all.Select(obstacle => obstacle.Reason).Distinct().Order(StringComparer.Ordinal)]);
    }
}
