using OrderTracking.Orders.V1;
using Spectre.Console;

namespace OrderTracking.Host.Demo;

/// <summary>Everything that happened to one order.</summary>
internal static class TimelineTable
{
    public static async Task<Table> Of(Cast cast, string order, CancellationToken stopping)
    {
        var timeline = await cast.Auditor.Orders.GetOrderTimelineAsync(new GetOrderTimelineRequest { Name = order }, cancellationToken: stopping);
        var table = Screens.NewTable($"The life of one order: Tencent, H20, four lots ({order})")
            .AddColumns(Screens.Word("When (UTC)"), Screens.Word("What"), Screens.Word("Who"), new TableColumn("In words"));
        foreach (var entry in timeline.Entries)
            table.AddRow(entry.EventTime.ToDateTimeOffset().ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture), Markup.Escape(entry.Kind), Markup.Escape(entry.Actor), Markup.Escape(entry.Summary));
        return table;
    }
}
