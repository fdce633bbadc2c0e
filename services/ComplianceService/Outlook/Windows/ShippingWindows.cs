using OrderTracking.ComplianceService.Decisions;
using OrderTracking.ComplianceService.Rules;
using OrderTracking.ComplianceService.Screening;

namespace OrderTracking.ComplianceService.Outlook.Windows;

/// <summary>Ship dates from the first to the last, both inside, on all of which the same rules fire by the same amendments.</summary>
/// <param name="First">Null: since ever.</param>
/// <param name="Last">Null: no end is known.</param>
/// <param name="Decision">As on the first day.</param>
internal sealed record ShippingWindow(DateOnly? First, DateOnly? Last, Decision Decision)
{
    public Outcome Outcome => Decision.Outcome;

    public bool Contains(DateOnly day) => (First is null || First <= day) && (Last is null || day <= Last);
}

/// <summary>All ship dates of some facts, cut where what is decided changes. Pure: what is known and the facts make it.</summary>
internal sealed class ShippingWindows
{
    private ShippingWindows(IReadOnlyList<ShippingWindow> all) => All = all;

    /// <summary>In order of their dates, without gap or overlap.</summary>
    public IReadOnlyList<ShippingWindow> All { get; }

    /// <summary>Decides once for each stretch of days on which nothing changes, and joins those that come out alike.</summary>
    public static ShippingWindows Of(KnowledgeHead head, ShipmentFacts facts, DateTimeOffset knownAt)
    {
        var dated = new DatedDecisions(head, facts, knownAt);
        var windows = new List<ShippingWindow>();
        var signature = "";
        foreach (var day in dated.Starts)
        {
            var decision = dated.On(day);
            var its = DecisionSignature.Of(decision);
            if (its == signature)
                continue;
            signature = its;
            if (windows.Count > 0)
                windows[^1] = windows[^1] with { Last = day.AddDays(-1) };
            windows.Add(new ShippingWindow(windows.Count == 0 ? null : day, null, decision));
        }

        return new ShippingWindows(windows);
    }

    public ShippingWindow At(DateOnly day) => All.First(window => window.Contains(day));

    /// <summary>The window after the one that holds the day, or null.</summary>
    public ShippingWindow? After(DateOnly day) => All.FirstOrDefault(window => window.First > day);
}
