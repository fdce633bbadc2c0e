using OrderTracking.Compliance.V1;
using OrderTracking.Contracts;
using OrderTracking.Wire;

namespace OrderTracking.ComplianceService.Impact;

/// <summary>A sum over shipments, by currency.</summary>
internal sealed class GoodsSum
{
    private readonly SortedDictionary<string, long> minorUnits = new(StringComparer.Ordinal);

    public long Shipments { get; private set; }

    public long Units { get; private set; }

    public long WithoutValue { get; private set; }

    public IEnumerable<string> Currencies => minorUnits.Keys;

    public long MinorUnits(string currency) => minorUnits.GetValueOrDefault(currency);

    /// <exception cref="OverflowException">The sum of a currency does not fit 64 bits of its minor unit.</exception>
    public void Add(long units, MoneyAmount? value)
    {
        Shipments++;
        Units += units;
        if (value is null)
            WithoutValue++;
        else
            minorUnits[value.CurrencyCode] = minorUnits.GetValueOrDefault(value.CurrencyCode) + value.MinorUnits;
    }

    public void Add(GoodsSum other)
    {
        Shipments += other.Shipments;
        Units += other.Units;
        WithoutValue += other.WithoutValue;
        foreach (var (currency, amount) in other.minorUnits)
            minorUnits[currency] = minorUnits.GetValueOrDefault(currency) + amount;
    }

    public GoodsTotal ToTotal()
    {
        var total = new GoodsTotal { Shipments = Shipments, Units = Units, ShipmentsWithoutValue = WithoutValue };
        total.Value.AddRange(minorUnits.Select(entry => WireMoney.Of(new MoneyAmount(entry.Key, entry.Value))));
        return total;
    }
}
