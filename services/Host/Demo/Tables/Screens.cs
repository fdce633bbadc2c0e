using System.Globalization;
using Google.Type;
using OrderTracking.Shipments.V1;
using Spectre.Console;

namespace OrderTracking.Host.Demo.Tables;

/// <summary>How the demo shows things on a terminal.</summary>
internal static class Screens
{
    private const int WidthWhenRedirected = 120;

    public static IAnsiConsole Open()
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings());
        if (Console.IsOutputRedirected)
            console.Profile.Width = WidthWhenRedirected;
        return console;
    }

    /// <summary>A table with thin lines and a title.</summary>
    public static Table NewTable(string title) =>
        new() { Border = TableBorder.Rounded, Title = new TableTitle($"[bold]{Markup.Escape(title)}[/]") };

    public static TableColumn Number(string header) => new TableColumn(header).RightAligned().NoWrap();

    public static TableColumn Word(string header) => new TableColumn(header).NoWrap();

    public static string Units(long units) => units.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>US dollars in millions, one digit.</summary>
    public static string Millions(decimal dollars) => (dollars / 1_000_000m).ToString("N1", CultureInfo.InvariantCulture);

    public static string Percent(decimal share) => share.ToString("P1", CultureInfo.InvariantCulture);

    public static decimal Dollars(this Money? money) => money is null ? 0m : money.Units + (money.Nanos / 1_000_000_000m);

    public static string Colour(this Shipment.Types.State state) => state switch
    {
        Shipment.Types.State.Held => "yellow",
        Shipment.Types.State.Blocked or Shipment.Types.State.Recalled => "red",
        Shipment.Types.State.Ready => "aqua",
        _ => "green",
    };
}
