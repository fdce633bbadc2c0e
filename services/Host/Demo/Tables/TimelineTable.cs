using System.Globalization;
using OrderTracking.Orders.V1;
using OrderTracking.Shipments.V1;
using Spectre.Console;

namespace OrderTracking.Host.Demo.Tables;

/// <summary>Everything that happened to one order.</summary>
internal static class TimelineTable
{
    public static async Task<Table> Of(Cast cast, IReadOnlyList<Shipment> shipments, string order, CancellationToken stopping)
    {
        var timeline = await cast.Auditor.Orders.GetOrderTimelineAsync(
            new GetOrderTimelineRequest { Name = order }, cancellationToken: stopping);
        var lines = shipments.Where(shipment => shipment.Order == order)
            .ToDictionary(shipment => shipment.Name, shipment => $"Line {shipment.LineNumber}");
        var table = Screens.NewTable($"The life of one order: Tencent, H20, four lots ({order})")
            .AddColumns(Screens.Word("When (UTC)"), Screens.Word("What"), Screens.Word("Who"), new TableColumn("In words"));
        foreach (var entry in timeline.Entries)
        {
            table.AddRow(
                entry.EventTime.ToDateTimeOffset().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
                Markup.Escape(entry.Kind),
                Markup.Escape(entry.Actor),
                Markup.Escape(FirstSentence(Named(entry.Summary, lines))));
        }

        return table;
    }

    // A reader of this order knows its lines, not the names of their shipments.
    private static string Named(string summary, IReadOnlyDictionary<string, string> lines) =>
        lines.Aggregate(summary, (text, line) => text.Replace(line.Key, line.Value, StringComparison.Ordinal));

    private static string FirstSentence(string summary) =>
        summary.IndexOf(". ", StringComparison.Ordinal) is > 0 and var end ? summary[..(end + 1)] : summary;
}
