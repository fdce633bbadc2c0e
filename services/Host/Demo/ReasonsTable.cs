using OrderTracking.Compliance.V1;
using OrderTracking.Shipments.V1;
using Spectre.Console;

namespace OrderTracking.Host.Demo;

/// <summary>Why what is held or blocked does not leave, a row a rule.</summary>
internal static class ReasonsTable
{
    public static Table Of(IReadOnlyList<Shipment> shipments, IReadOnlyList<Hold> holds, IReadOnlyDictionary<string, string> sentences)
    {
        var byName = shipments.ToDictionary(shipment => shipment.Name);
        var table = Screens.NewTable("Why it does not leave (a shipment counts under each of its rules)")
            .AddColumns(Screens.Word("Stands"), new TableColumn("Rule, and why"), Screens.Word("Licence"), Screens.Number("Shipments"), Screens.Number("Units"), Screens.Number("USD m"));
        table.ShowRowSeparators = true;
        var open = holds.Where(hold => hold.State is Hold.Types.State.Open or Hold.Types.State.ReleaseProposed && byName.ContainsKey(hold.Shipment));
        foreach (var group in open.GroupBy(hold => (byName[hold.Shipment].State, hold.Reason, Policy: PolicyOf(hold))).OrderBy(group => group.Key.State).ThenBy(group => group.Key.Reason, StringComparer.Ordinal))
            table.AddRow(Row(group.Key.State, group.Key.Policy, group.First(), sentences, [.. group.Select(hold => byName[hold.Shipment])]));
        return table;
    }

    private static string[] Row(
        Shipment.Types.State state, string policy, Hold example, IReadOnlyDictionary<string, string> sentences, IReadOnlyList<Shipment> stopped) =>
    [
        $"[{state.Colour()}]{state.ToString().ToUpperInvariant()}[/]",
        $"[bold]{Markup.Escape(example.Reason)}[/]  {Markup.Escape(Parts(stopped))}\n{Markup.Escape(sentences.GetValueOrDefault(example.Reason, example.Explanation))}"
            + (example.MissingFacts.Count == 0 ? "" : $"\n[yellow]Missing: {Markup.Escape(string.Join(", ", example.MissingFacts))}[/]")
            + (example.Citation.Length == 0 ? "" : $"\n[grey]{Markup.Escape(example.Citation)}[/]"),
        policy,
        $"{stopped.Count}",
        Screens.Units(stopped.Sum(shipment => shipment.Quantity)),
        Screens.Millions(stopped.Sum(shipment => shipment.Value.Dollars())),
    ];

    private static string Parts(IEnumerable<Shipment> stopped) =>
        string.Join(", ", stopped.Select(shipment => $"{shipment.Item.PartNumber} for {shipment.DestinationCountry}").Distinct());

    private static string PolicyOf(Hold hold) => (hold.Effect, hold.ReviewPolicy) switch
    {
        (Effect.Prohibited, _) => "impossible",
        (Effect.Review, _) => "not needed",
        (Effect.Undetermined, _) => "unknown as yet",
        (_, ReviewPolicy.PresumptionOfDenial) => "presumed denied",
        (_, ReviewPolicy.PresumptionOfApproval) => "presumed approved",
        (_, ReviewPolicy.CaseByCase) => "case by case",
        _ => "needed, no policy",
    };
}
