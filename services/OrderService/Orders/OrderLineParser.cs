using System.Globalization;
using OrderTracking.BuildingBlocks.Grpc;
using OrderTracking.Contracts.Orders;
using OrderTracking.Wire;
using V1 = OrderTracking.Orders.V1;

namespace OrderTracking.OrderService.Orders;

/// <summary>Reads the lines of an order.</summary>
internal static class OrderLineParser
{
    /// <summary>Reads 1 to 500 lines and numbers those that have no number yet.</summary>
    /// <param name="current">The content they replace; null for a new order.</param>
    /// <param name="today">The date at the place of export; null if the place was refused.</param>
    /// <returns>The lines that could be read: whole only if nothing was added to <paramref name="violations"/>.</returns>
    public static IReadOnlyList<OrderLineSnapshot> Parse(
        IList<V1.OrderLine> lines, OrderContent? current, DateOnly? today, Violations violations)
    {
        var count = lines.Count.ToString(CultureInfo.InvariantCulture);
        if (lines.Count == 0)
            violations.Add("order.lines", OrderReasons.LinesMissing, count, $"1 to {OrderLimits.LinesMax} lines");
        if (lines.Count > OrderLimits.LinesMax)
        {
            violations.Add("order.lines", OrderReasons.LinesTooMany, count, $"1 to {OrderLimits.LinesMax} lines");
            return [];
        }

        var numbers = Number(lines, current, violations);
        OrderLineSnapshot[] read =
            [.. lines.Select((line, index) => ParseLine(line, index, numbers[index], current, today, violations)).OfType<OrderLineSnapshot>()];
        CheckMoney(read, violations);
        return read;
    }

    private static OrderLineSnapshot? ParseLine(
        V1.OrderLine line, int index, int number, OrderContent? current, DateOnly? today, Violations violations)
    {
        var field = $"order.lines[{index}]";
        var item = WireItem.Parse(line.Item, $"{field}.item", violations);
        var quantity = WireNumber.ParseQuantity(line.Quantity, $"{field}.quantity", violations);
        var price = WireMoney.Parse(line.UnitPrice, $"{field}.unit_price", violations);
        var date = WireDate.ParseShipDate(line.RequestedShipDate, $"{field}.requested_ship_date", violations);
        // A date that stands may have gone by since: only what is asked for now must lie ahead.
        var stands = current?.Lines.Any(before => before.Number == number && before.RequestedShipDate == date) ?? false;
        if (date < today && !stands)
        {
            violations.Add(
                $"{field}.requested_ship_date",
                OrderReasons.ShipDateBeforeOrder,
                Day(date.Value),
                $"{Day(today.Value)}, which is today at the place of export, or later");
        }

        return item is null || quantity is null || price is null || date is null
            ? null
            : new OrderLineSnapshot(number, item, quantity.Value, price, date.Value);
    }

    private static IReadOnlyList<int> Number(IList<V1.OrderLine> lines, OrderContent? current, Violations violations)
    {
        var used = new HashSet<int>();
        for (var index = 0; index < lines.Count; index++)
        {
            var number = lines[index].Number;
            if (number == 0)
                continue;
            var known = current is null || current.Lines.Any(line => line.Number == number);
            if (number is < 1 or > OrderLimits.LineNumberMax || !known || !used.Add(number))
            {
                var allowed = current is null
                    ? $"0 for the next number, or a number from 1 to {OrderLimits.LineNumberMax} given to one line only"
                    : "0 for a new line, or the number of a line the order has, given once";
                violations.Add($"order.lines[{index}].number", OrderReasons.LineNumberInvalid, number.ToString(CultureInfo.InvariantCulture), allowed);
            }
        }

        var last = Math.Max(current?.LineNumberLast ?? 0, used.DefaultIfEmpty(0).Max());
        return [.. lines.Select(line => line.Number == 0 ? ++last : line.Number)];
    }

    private static void CheckMoney(IReadOnlyList<OrderLineSnapshot> lines, Violations violations)
    {
        var currency = lines.Select(line => line.UnitPrice.CurrencyCode).FirstOrDefault();
        if (lines.Any(line => line.UnitPrice.CurrencyCode != currency))
        {
            foreach (var other in lines.Select(line => line.UnitPrice.CurrencyCode).Distinct().Skip(1))
                violations.Add("order.lines", OrderReasons.CurrencyMismatch, other, $"one currency for all lines; the first line has {currency}");
        }

        var total = lines.Aggregate((Int128)0, (sum, line) => sum + ((Int128)line.Quantity * line.UnitPrice.MinorUnits));
        if (total > long.MaxValue)
        {
            violations.Add(
                "order.lines",
                OrderReasons.OrderValueTooLarge,
                total.ToString(CultureInfo.InvariantCulture),
                $"at most {long.MaxValue.ToString(CultureInfo.InvariantCulture)} minor units of {currency} in all");
        }
    }

    private static string Day(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
