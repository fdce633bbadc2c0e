using OrderTracking.ComplianceService.Rules;
using OrderTracking.ComplianceService.Screening;

namespace OrderTracking.ComplianceService.Outlook.Windows;

/// <summary>
/// What is decided about some facts on any ship date. Each stretch of days on which nothing changes is decided once, when it is first
/// asked for.
/// </summary>
internal sealed class DatedDecisions
{
    private readonly KnowledgeHead head;
    private readonly ShipmentFacts facts;
    private readonly DateTimeOffset knownAt;
    private readonly DateOnly[] starts;
    private readonly Decision?[] decisions;

    public DatedDecisions(KnowledgeHead head, ShipmentFacts facts, DateTimeOffset knownAt)
    {
        (this.head, this.facts, this.knownAt) = (head, facts, knownAt);
        starts = [.. head.BoundariesFor(facts, knownAt).Prepend(DateOnly.MinValue).Distinct()];
        decisions = new Decision?[starts.Length];
    }

    /// <summary>The first days of the stretches, in order; the first of all is the first of the calendar.</summary>
    public IReadOnlyList<DateOnly> Starts => starts;

    /// <summary>The decision, as on the first day of the stretch that holds the day.</summary>
    public Decision On(DateOnly day) => Stretch(IndexOf(day));

    /// <summary>The last of the cleared days that follow this one without a gap; null where no end is known.</summary>
    /// <param name="day">A day that is cleared itself.</param>
    public DateOnly? LastCleared(DateOnly day)
    {
        for (var next = IndexOf(day) + 1; next < starts.Length; next++)
            if (Stretch(next).Outcome != Outcome.Cleared)
                return starts[next].AddDays(-1);
        return null;
    }

    /// <summary>The first cleared day from this one on, or null.</summary>
    public DateOnly? NextCleared(DateOnly day)
    {
        for (var index = IndexOf(day); index < starts.Length; index++)
            if (Stretch(index).Outcome == Outcome.Cleared)
                return starts[index] > day ? starts[index] : day;
        return null;
    }

    /// <summary>The last cleared day up to this one and not before the other, or null.</summary>
    public DateOnly? PreviousCleared(DateOnly day, DateOnly earliest)
    {
        var end = day;
        for (var index = IndexOf(day); index >= 0 && end >= earliest; index--)
        {
            if (Stretch(index).Outcome == Outcome.Cleared)
                return end;
            if (index > 0)
                end = starts[index].AddDays(-1);
        }

        return null;
    }

    private int IndexOf(DateOnly day)
    {
        var found = Array.BinarySearch(starts, day);
        return found >= 0 ? found : ~found - 1;
    }

    private Decision Stretch(int index) => decisions[index] ??= head.Decide(facts, starts[index], knownAt);
}
