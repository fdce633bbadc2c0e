using System.Globalization;
using OrderTracking.ComplianceService.Screening;

namespace OrderTracking.ComplianceService.Outlook.PullForwards;

/// <summary>The units pulled forward for a consignee within the window, beside what it usually gets in such a window.</summary>
/// <param name="Usual">Units in a window by original plan, over the windows that have gone by.</param>
internal sealed record PullForwardMeasure(long Pulled, long Usual, PullForwardOptions Options)
{
    /// <summary>Windows that are looked back for what is usual.</summary>
    public const int WindowsBack = 12;

    private const int Hundred = 100;

    public long Limit => Math.Max(Options.UnitsMin, Usual * Options.Percent / Hundred);

    public bool IsUnusual => Pulled > Limit;

    /// <summary>What is usual: the units that have left, by the days they were first planned for, a window.</summary>
    /// <param name="first">The first of those days; null: there is none.</param>
    public static long UsualOf(long units, DateOnly? first, DateOnly today, int windowDays)
    {
        if (first is null)
            return 0;
        var windows = (today.DayNumber - first.Value.DayNumber + windowDays - 1) / windowDays;
        return units / Math.Clamp(windows, 1, WindowsBack);
    }

    /// <summary>Says it with the numbers, as a hold explains itself.</summary>
    /// <param name="former">The day most of the units were taken from.</param>
    /// <param name="formerOutcome">What would be decided for that day.</param>
    public string Explain(Consignee consignee, PulledUnits former, Outcome formerOutcome) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Pulled:#,##0} units were pulled forward within {Options.WindowDays} days for {consignee.Name} ({consignee.Country}), "
            + $"such as {former.Units:#,##0} from {former.FormerDate:yyyy-MM-dd} to {former.NewDate:yyyy-MM-dd}; "
            + $"on {former.FormerDate:yyyy-MM-dd} they would be {Codes<Outcome>.Of(formerOutcome)}. "
            + $"Usual are {Usual:#,##0} units in {Options.WindowDays} days by original plan; the limit is {Limit:#,##0} "
            + $"({Options.Percent}% of the usual, and at least {Options.UnitsMin:#,##0}).");
}
