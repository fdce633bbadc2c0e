namespace OrderTracking.ShipmentService.Milestones;

/// <summary>What was reported about a shipment on its way.</summary>
internal enum MilestoneKind
{
    Departed,
    Arrived,
    CustomsCleared,
    Delivered,
    Exception,
}

/// <summary>One report: kept for good, also when a later one corrects it.</summary>
/// <param name="Number">From 1, in the order of recording.</param>
/// <param name="EventTime">When it happened, which is not when it was recorded.</param>
/// <param name="Supersedes">The number of the report it corrects; 0 for none.</param>
/// <param name="SupersededBy">The number of the report that corrected it; 0 while it counts.</param>
internal sealed record Milestone(
    long Number,
    MilestoneKind Kind,
    DateTimeOffset EventTime,
    DateTimeOffset RecordTime,
    string? Location,
    string? Note,
    long Supersedes,
    long SupersededBy,
    string Actor);

/// <summary>The names kinds have in rows and events.</summary>
internal static class MilestoneNames
{
    private static readonly Dictionary<MilestoneKind, string> Names = new()
    {
        [MilestoneKind.Departed] = "DEPARTED",
        [MilestoneKind.Arrived] = "ARRIVED",
        [MilestoneKind.CustomsCleared] = "CUSTOMS_CLEARED",
        [MilestoneKind.Delivered] = "DELIVERED",
        [MilestoneKind.Exception] = "EXCEPTION",
    };

    private static readonly Dictionary<string, MilestoneKind> Kinds = Names.ToDictionary(entry => entry.Value, entry => entry.Key);

    public static string Of(MilestoneKind kind) => Names[kind];

    public static MilestoneKind Parse(string name) => Kinds[name];
}
