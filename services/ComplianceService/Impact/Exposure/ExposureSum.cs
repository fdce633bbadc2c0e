using System.Globalization;
using OrderTracking.Compliance.V1;
using OrderTracking.Contracts;

namespace OrderTracking.ComplianceService.Impact.Exposure;

/// <summary>One shipment of an exposure report.</summary>
internal readonly record struct ExposedGoods(
    long Units, MoneyAmount? Value, bool IsOpen, string Standing, bool Restricted, bool RestrictedInScenario);

/// <summary>Open and shipped goods of one group.</summary>
internal sealed class ExposureSum
{
    private const decimal Whole = 100m;
    private const int Decimals = 2;
    private const string Held = "HELD";
    private const string Blocked = "BLOCKED";

    private readonly GoodsSum open = new();
    private readonly GoodsSum shipped = new();
    private readonly GoodsSum held = new();
    private readonly GoodsSum blocked = new();
    private readonly GoodsSum restricted = new();
    private readonly GoodsSum inScenario = new();

    public long Units => open.Units + shipped.Units;

    public void Add(ExposedGoods goods)
    {
        if (!goods.IsOpen)
        {
            shipped.Add(goods.Units, goods.Value);
            return;
        }

        open.Add(goods.Units, goods.Value);
        if (goods.Standing == Held)
            held.Add(goods.Units, goods.Value);
        if (goods.Standing == Blocked)
            blocked.Add(goods.Units, goods.Value);
        if (goods.Restricted)
            restricted.Add(goods.Units, goods.Value);
        if (goods.RestrictedInScenario)
            inScenario.Add(goods.Units, goods.Value);
    }

    public void Add(ExposureSum other)
    {
        open.Add(other.open);
        shipped.Add(other.shipped);
        held.Add(other.held);
        blocked.Add(other.blocked);
        restricted.Add(other.restricted);
        inScenario.Add(other.inScenario);
    }

    /// <param name="all">What shares of the whole are taken of.</param>
    /// <param name="hasScenario">Whether there is anything to say about one.</param>
    public ExposureGroup ToGroup(string key, ExposureSum all, bool hasScenario)
    {
        var atRisk = new GoodsSum();
        atRisk.Add(held);
        atRisk.Add(blocked);
        var group = new ExposureGroup
        {
            Key = key,
            Open = open.ToTotal(),
            Shipped = shipped.ToTotal(),
            Held = held.ToTotal(),
            Blocked = blocked.ToTotal(),
            Restricted = restricted.ToTotal(),
            RestrictedInScenario = hasScenario ? inScenario.ToTotal() : null,
        };
        group.ShareOfAll.AddRange(Shares(Both(), all.Both()));
        group.AtRiskNow.AddRange(Shares(atRisk, open));
        group.AtRiskByRules.AddRange(Shares(restricted, open));
        if (hasScenario)
            group.AtRiskInScenario.AddRange(Shares(inScenario, open));
        return group;
    }

    private GoodsSum Both()
    {
        var both = new GoodsSum();
        both.Add(open);
        both.Add(shipped);
        return both;
    }

    // One share a currency of the whole; of nothing there is no share.
    private static IEnumerable<CurrencyShare> Shares(GoodsSum part, GoodsSum whole) => whole.Currencies
        .Where(currency => whole.MinorUnits(currency) > 0)
        .Select(currency => new CurrencyShare
        {
            CurrencyCode = currency,
            Percent = new Google.Type.Decimal { Value = Percent(part.MinorUnits(currency), whole.MinorUnits(currency)) },
        });

    private static string Percent(long part, long whole) =>
        decimal.Round(part * Whole / whole, Decimals, MidpointRounding.ToEven).ToString("0.00", CultureInfo.InvariantCulture);
}
