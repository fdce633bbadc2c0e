using System.Diagnostics;
using System.Globalization;
using OrderTracking.Shipments.V1;
using OrderTracking.Host.Demo.Tables;
using Spectre.Console;

namespace OrderTracking.Host.Demo;

/// <summary>The running story of the demo, a line an event.</summary>
internal sealed class Screen(IAnsiConsole console)
{
    private readonly Lock _lock = new();
    private readonly DateTimeOffset _started = new(Process.GetCurrentProcess().StartTime);
    private TimeSpan _firstShipped;

    public void Opening(DateOnly first, DateOnly last)
    {
        console.Write(new Rule("[bold]OrderTracking demo[/]").LeftJustified());
        console.MarkupLineInterpolated($"A simulated clock walks from {first:yyyy-MM-dd} to {last:yyyy-MM-dd}.");
        console.MarkupLine("Everything goes through the public gRPC API, with tokens of seven people and systems.");
        console.MarkupLine("[bold]Test-grade rules, not legal advice.[/]");
        console.MarkupLine("[bold]Prices are illustrative. Made up: buyers outside China, the CX part, the licence.[/]");
        console.WriteLine();
    }

    public void Ordered(DateOnly day, DemoOrder order)
    {
        var (first, last) = (order.Lots[0].ShipDate, order.Lots[^1].ShipDate);
        var when = first == last ? $"to leave {first:yyyy-MM-dd}" : $"in {order.Lots.Length} lots, {first:yyyy-MM-dd} to {last:yyyy-MM-dd}";
        var value = order.Units * (decimal)order.UnitPrice;
        Line(day, "ordered", "grey", order.Part, order.Units, value, $"{order.Buyer.Name}, {order.Buyer.Country}", when);
    }

    public void Shipped(DateOnly day, Shipment shipment)
    {
        if (_firstShipped == default)
            _firstShipped = SinceStart();
        Of(day, "shipped", "green", shipment, $"{shipment.Carrier} {shipment.TrackingNumber}");
    }

    public void Closing()
    {
        var (first, whole) = (_firstShipped.TotalSeconds, SinceStart().TotalSeconds);
        console.MarkupLineInterpolated(
            CultureInfo.InvariantCulture, $"\nThe first shipment left {first:F1} s after the program started, the walk took {whole:F1} s.");
    }

    /// <summary>A shipment that was ready and that compliance refused at the dock.</summary>
    public void Refused(DateOnly day, Shipment shipment, string why) => Of(day, "refused", "red", shipment, why);

    /// <summary>A shipment whose state changed without anybody touching it.</summary>
    public void Became(DateOnly day, Shipment shipment)
    {
        var remark = shipment.Reasons.Count == 0
            ? $"to leave {shipment.PlannedShipDate.ToDateOnly():yyyy-MM-dd}"
            : string.Join(", ", shipment.Reasons);
        Of(day, shipment.State.ToString().ToUpperInvariant(), shipment.State.Colour(), shipment, remark);
    }

    // The wall clock's time, not the simulated one.
    private TimeSpan SinceStart() => TimeProvider.System.GetUtcNow() - _started;

    public void Note(DateOnly day, string word, string text)
    {
        lock (_lock)
            console.MarkupLineInterpolated($"{day:yyyy-MM-dd}  [bold blue]{word,-9}[/] {text}");
    }

    private void Of(DateOnly day, string word, string colour, Shipment shipment, string remark)
    {
        var buyer = $"{shipment.Parties[0].Name}, {shipment.DestinationCountry}";
        Line(day, word, colour, shipment.Item.PartNumber, shipment.Quantity, shipment.Value.Dollars(), buyer, remark);
    }

    private void Line(DateOnly day, string word, string colour, string part, long units, decimal dollars, string buyer, string remark)
    {
        var left = $"{part,-10} {Screens.Units(units),8}  USD {Screens.Millions(dollars),8} m  {buyer,-20}  ";
        var indent = new string(' ', "yyyy-MM-dd  ".Length + 10 + left.Length);
        var right = Folded(remark, console.Profile.Width - indent.Length, indent);
        lock (_lock)
            console.MarkupLine($"{day:yyyy-MM-dd}  [{colour}]{word,-9}[/] {Markup.Escape(left + right)}");
    }

    // A list too long for what is left of the line goes on below itself.
    private static string Folded(string remark, int width, string indent) =>
        remark.Length <= width ? remark : remark.Replace(", ", $",\n{indent}", StringComparison.Ordinal);
}
