namespace OrderTracking.ComplianceService.Outlook.PullForwards;

/// <summary>What happened within the window to the units of one shipment on one day of a consignee's plan.</summary>
/// <param name="Original">Units of the shipment's first plan.</param>
/// <param name="Moved">Units that came after it, less those that went: moving to and fro leaves none.</param>
internal sealed record PlanDay(Guid ShipmentId, DateOnly ShipDate, long Original, long Moved)
{
    /// <summary>
    /// The first plan of new goods is a gain as long as it stands. It does not make up for what is taken off it: what was ordered
    /// yesterday for summer and is moved to tomorrow is pulled forward.
    /// </summary>
    public IEnumerable<PlanMove> Moves()
    {
        if (Moved < 0)
            yield return new PlanMove(ShipmentId, ShipDate, Moved);
        if (Original + Moved > 0)
            yield return new PlanMove(ShipmentId, ShipDate, Original + Moved);
    }
}

/// <summary>Units that came to a day of a consignee's plan by a shipment, or went from it (below 0).</summary>
internal sealed record PlanMove(Guid ShipmentId, DateOnly ShipDate, long Units);

/// <summary>Units that stand on a day now and stood on a later one before.</summary>
/// <param name="ShipmentId">The shipment that carries them now.</param>
internal sealed record PulledUnits(Guid ShipmentId, DateOnly FormerDate, DateOnly NewDate, long Units);

/// <summary>
/// Finds the units of one consignee that were pulled forward, whichever way: units a day has gained are held against units that later days
/// have lost, across shipments and orders. So moving, splitting, and cancelling what was ordered again for an earlier day are one thing.
/// </summary>
internal static class PulledForward
{
    /// <summary>As many units as can be matched, each with the nearest later day that lost one.</summary>
    public static IReadOnlyList<PulledUnits> Of(IEnumerable<PlanMove> moves)
    {
        var pulled = new List<PulledUnits>();
        var lost = new Stack<(DateOnly Day, long Units)>();
        foreach (var day in moves.Where(move => move.Units != 0).GroupBy(move => move.ShipDate).OrderByDescending(day => day.Key))
        {
            // What a day gained can only have come from later days, whose losses lie on the stack; its own losses come after.
            foreach (var gain in day.Where(move => move.Units > 0).OrderBy(move => move.ShipmentId))
                Match(gain, lost, pulled);
            var loss = day.Where(move => move.Units < 0).Sum(move => -move.Units);
            if (loss > 0)
                lost.Push((day.Key, loss));
        }

        return pulled;
    }

    private static void Match(PlanMove gain, Stack<(DateOnly Day, long Units)> lost, List<PulledUnits> pulled)
    {
        var left = gain.Units;
        while (left > 0 && lost.TryPop(out var loss))
        {
            var units = Math.Min(left, loss.Units);
            pulled.Add(new PulledUnits(gain.ShipmentId, loss.Day, gain.ShipDate, units));
            left -= units;
            if (loss.Units > units)
                lost.Push((loss.Day, loss.Units - units));
        }
    }
}
