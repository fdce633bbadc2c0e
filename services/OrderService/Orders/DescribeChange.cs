using System.Globalization;
using OrderTracking.Contracts.Orders;

namespace OrderTracking.OrderService.Orders;

/// <summary>Says in words what an amendment changed, with the old value where a person would ask for it.</summary>
internal static class DescribeChange
{
    /// <summary>Changes named one by one; more are counted.</summary>
    private const int NamedChangesMax = 20;

    /// <summary>What changed from one content to the next, such as "line 1: quantity 100 to 70; destination CN to SG".</summary>
    public static string Of(OrderContent before, OrderContent after)
    {
        string[] changes = [.. Heads(before, after), .. Lines(before, after)];
        var named = string.Join("; ", changes.Take(NamedChangesMax));
        return changes.Length <= NamedChangesMax
            ? named
            : string.Create(CultureInfo.InvariantCulture, $"{named}; and {changes.Length - NamedChangesMax} more");
    }

    private static IEnumerable<string> Heads(OrderContent before, OrderContent after)
    {
        if (before.DestinationCountry != after.DestinationCountry)
            yield return $"destination {before.DestinationCountry} to {after.DestinationCountry}";
        if (!before.Parties.SequenceEqual(after.Parties))
            yield return $"parties {Names(before)} to {Names(after)}";
        if (before.PlaceOfExport != after.PlaceOfExport)
            yield return $"place of export {before.PlaceOfExport.Country} {before.PlaceOfExport.TimeZone} to {after.PlaceOfExport.Country} {after.PlaceOfExport.TimeZone}";
        if (before.Movement != after.Movement)
            yield return $"movement {before.Movement} to {after.Movement}";
        if (before.DeliveryAddress != after.DeliveryAddress)
            yield return "delivery address";
        if (!before.Documents.SequenceEqual(after.Documents))
            yield return "documents";
    }

    private static IEnumerable<string> Lines(OrderContent before, OrderContent after)
    {
        var old = before.Lines.ToDictionary(line => line.Number);
        var kept = after.Lines.Select(line => line.Number).ToHashSet();
        foreach (var line in before.Lines.Where(line => !kept.Contains(line.Number)))
            yield return string.Create(CultureInfo.InvariantCulture, $"line {line.Number}: taken out, {line.Quantity} units of {line.Item.PartNumber}");
        foreach (var line in after.Lines)
        {
            if (!old.TryGetValue(line.Number, out var was))
                yield return string.Create(CultureInfo.InvariantCulture, $"line {line.Number}: new, {line.Quantity} units of {line.Item.PartNumber}");
            else if (was != line)
                yield return string.Create(CultureInfo.InvariantCulture, $"line {line.Number}: {string.Join(", ", Fields(was, line))}");
        }
    }

    private static IEnumerable<string> Fields(OrderLineSnapshot before, OrderLineSnapshot after)
    {
        if (before.Quantity != after.Quantity)
            yield return string.Create(CultureInfo.InvariantCulture, $"quantity {before.Quantity} to {after.Quantity}");
        if (before.RequestedShipDate != after.RequestedShipDate)
            yield return $"requested ship date {Day(before.RequestedShipDate)} to {Day(after.RequestedShipDate)}";
        if (before.Item.PartNumber != after.Item.PartNumber)
            yield return $"part {before.Item.PartNumber} to {after.Item.PartNumber}";
        else if (before.Item != after.Item)
            yield return "stated facts";
        if (before.UnitPrice != after.UnitPrice)
            yield return "unit price";
    }

    private static string Names(OrderContent content) => string.Join(", ", content.Parties.Select(party => party.Name));

    private static string Day(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
