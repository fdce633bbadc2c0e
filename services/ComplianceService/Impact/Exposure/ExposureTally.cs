using OrderTracking.Compliance.V1;
using OrderTracking.ComplianceService.Catalog;
using OrderTracking.ComplianceService.Screening;
using OrderTracking.ComplianceService.Shipments;
using Dimension = OrderTracking.Compliance.V1.Breakdown.Types.Dimension;
using Facts = OrderTracking.ComplianceService.Screening.ShipmentFacts;

namespace OrderTracking.ComplianceService.Impact.Exposure;

/// <summary>Adds shipments up by chip, destination and buyer.</summary>
internal sealed class ExposureTally(ExposureScenario scenario, DateOnly? shippedFrom, DateOnly? shippedTo)
{
    private const int GroupsMax = 100;

    private static readonly Dimension[] Dimensions =
        [Dimension.Part, Dimension.Family, Dimension.Destination, Dimension.BuyerHeadquarters, Dimension.Customer];

    private readonly ExposureSum all = new();
    private readonly Groups<ExposureSum>[] groups = [.. Dimensions.Select(_ => new Groups<ExposureSum>())];

    /// <exception cref="ArgumentException">Its facts cannot be decided.</exception>
    public void Add(GoodsRow goods)
    {
        if (!goods.IsOpen && !(IsFrom(goods.DepartedDate) && IsUntil(goods.DepartedDate)))
            return;
        var facts = StoredFacts.Read(goods.Facts);
        var (restricted, inScenario) = goods.IsOpen ? scenario.Judge(goods, facts) : default;
        var value = facts.Value is { } declared ? FactsMapping.Of(declared) : null;
        var exposed = new ExposedGoods(facts.Quantity ?? 0, value, goods.IsOpen, goods.Standing, restricted, inScenario);
        var customer = Customer.Of(facts);
        all.Add(exposed);
        for (var index = 0; index < Dimensions.Length; index++)
            groups[index].Of(KeyOf(Dimensions[index], facts, customer)).Add(exposed);
    }

    public (ExposureGroup All, IReadOnlyList<ExposureBreakdown> Breakdowns) Result() => (
        all.ToGroup("", all, scenario.Exists),
        [.. Dimensions.Select((dimension, index) => BreakdownOf(dimension, groups[index]))]);

    private bool IsFrom(DateOnly? departed) => shippedFrom is null || departed >= shippedFrom;

    private bool IsUntil(DateOnly? departed) => shippedTo is null || departed <= shippedTo;

    private string KeyOf(Dimension dimension, Facts facts, Customer customer) => dimension switch
    {
        Dimension.Part => facts.Item.PartNumber,
        Dimension.Family => FamilyOf(facts.Item, scenario.Head.Catalogue),
        Dimension.Destination => facts.DestinationCountry,
        Dimension.BuyerHeadquarters => customer.HeadquartersCountry,
        _ => customer.Key,
    };

    private string FamilyOf(Item item, Catalogue catalogue) => DecisionEngine.Resolve(item, scenario.KnownAt, catalogue).Family ?? "";

    private ExposureBreakdown BreakdownOf(Dimension dimension, Groups<ExposureSum> found)
    {
        var (top, rest) = found.Cut(GroupsMax, sum => sum.Units);
        var breakdown = new ExposureBreakdown { Dimension = dimension, GroupCount = found.Count };
        breakdown.Groups.AddRange(top.Select(group => group.Value.ToGroup(group.Key, all, scenario.Exists)));
        if (rest.Count == 0)
            return breakdown;
        var other = new ExposureSum();
        foreach (var sum in rest)
            other.Add(sum);
        breakdown.Other = other.ToGroup("", all, scenario.Exists);
        return breakdown;
    }
}
