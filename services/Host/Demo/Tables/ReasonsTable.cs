using OrderTracking.Compliance.V1;
using OrderTracking.Shipments.V1;
using Spectre.Console;

namespace OrderTracking.Host.Demo.Tables;

/// <summary>Why what is held or blocked does not leave: how much each rule stops, and what the rule says.</summary>
internal static class ReasonsTable
{
    /// <summary>How much each rule stops; a shipment counts under each of its rules.</summary>
    public static Table Of(IReadOnlyList<Shipment> shipments, IReadOnlyList<Hold> open)
    {
        var byName = shipments.ToDictionary(shipment => shipment.Name);
        var table = Screens.NewTable("Why it does not leave (a shipment counts under each of its rules)").AddColumns(
            Screens.Word("Rule"), Screens.Word("Stands"), new TableColumn("What"), new TableColumn("A licence is"),
            Screens.Number("Shipments"), Screens.Number("Units"), Screens.Number("USD m"));
        var groups = open.GroupBy(hold => (hold.Reason, byName[hold.Shipment].State, Licence: LicenceIs(hold)));
        foreach (var group in groups.OrderBy(group => group.Key.Reason, StringComparer.Ordinal).ThenBy(group => group.Key.State))
            table.AddRow(Row(group.Key.Reason, group.Key.State, group.Key.Licence, [.. group.Select(hold => byName[hold.Shipment])]));
        return table;
    }

    /// <summary>What each of the rules says, where, and how sure the reading is.</summary>
    public static Grid Legend(IReadOnlyList<Hold> open, IReadOnlyDictionary<string, Amendment> rules)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn();
        foreach (var reason in open.Select(hold => hold.Reason).Distinct().Order(StringComparer.Ordinal))
        {
            if (rules.TryGetValue(reason, out var rule))
                grid.AddRow($"[bold]{Markup.Escape(reason)}[/]", $"{Markup.Escape(rule.Summary)} [grey]{Markup.Escape(SourceOf(rule))}[/]");
        }

        return grid;
    }

    private static string[] Row(string reason, Shipment.Types.State state, string licence, IReadOnlyList<Shipment> stopped) =>
    [
        Markup.Escape(reason),
        $"[{state.Colour()}]{state.ToString().ToUpperInvariant()}[/]",
        Markup.Escape(string.Join(", ", stopped.Select(What).Distinct())),
        Markup.Escape(licence),
        $"{stopped.Count}",
        Screens.Units(stopped.Sum(shipment => shipment.Quantity)),
        Screens.Millions(stopped.Sum(shipment => shipment.Value.Dollars())),
    ];

    private static string What(Shipment shipment) => $"{shipment.Item.PartNumber} for {shipment.DestinationCountry}";

    private static string SourceOf(Amendment rule) => $"{rule.Citation} ({rule.Certainty.ToString().ToLowerInvariant()})";

    private static string LicenceIs(Hold hold) => (hold.Effect, hold.ReviewPolicy) switch
    {
        (Effect.Prohibited, _) => "impossible",
        (Effect.Review, _) => "not needed: review",
        (Effect.Undetermined, _) => $"unknown without {string.Join(", ", hold.MissingFacts)}",
        (_, ReviewPolicy.PresumptionOfDenial) => "presumed denied",
        (_, ReviewPolicy.PresumptionOfApproval) => "presumed approved",
        (_, ReviewPolicy.CaseByCase) => "case by case",
        _ => "needed",
    };
}
