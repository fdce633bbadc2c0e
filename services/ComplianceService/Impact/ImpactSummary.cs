using Google.Protobuf.WellKnownTypes;
using OrderTracking.Compliance.V1;
using OrderTracking.ComplianceService.Rules;
using Dimension = OrderTracking.Compliance.V1.Breakdown.Types.Dimension;

namespace OrderTracking.ComplianceService.Impact;

/// <summary>The flips of a simulation, added up.</summary>
internal sealed class ImpactSummary
{
    private const int PageRows = 5_000;
    private const int GroupsMax = 20;

    private static readonly string[] Directions = [ImpactRow.Tightened, ImpactRow.Loosened];

    private static readonly (Dimension Dimension, Func<ImpactRow, string> Key)[] Dimensions =
    [
        (Dimension.Order, row => row.OrderName),
        (Dimension.Customer, row => new Customer(row.Customer, row.CustomerCountry, "").Key),
        (Dimension.Part, row => row.PartNumber),
        (Dimension.Family, row => row.Family),
        (Dimension.Destination, row => row.DestinationCountry),
    ];

    private readonly Dictionary<string, GoodsSum> totals = Directions.ToDictionary(direction => direction, _ => new GoodsSum());
    private readonly Dictionary<(string Direction, Dimension Dimension), Groups<GoodsSum>> groups = [];

    /// <summary>Reads the rows of a simulation that has looked at everything.</summary>
    public static async Task<ImpactSummary> Read(ComplianceDb db, Guid job, CancellationToken cancellation)
    {
        var summary = new ImpactSummary();
        for (var after = 0L; ;)
        {
            var from = after;
            var rows = await db.Read(tx => ImpactStore.After(tx, job, from, "", PageRows), cancellation);
            if (rows.Count == 0)
                return summary;
            foreach (var row in rows)
                summary.Add(row);
            after = rows[^1].RowNumber;
        }
    }

    public SimulateAmendmentResponse ToResponse(AmendmentDraft draft, SimulationCourse course, KnowledgeHead head, KnowledgeHead withDraft)
    {
        var response = new SimulateAmendmentResponse
        {
            Draft = draft,
            KnownAt = Timestamp.FromDateTimeOffset(course.KnownAt),
            RulesDigest = head.Rules.At(course.KnownAt).RuleSetDigest,
            RulesDigestWithDraft = withDraft.Rules.At(course.KnownAt).RuleSetDigest,
            CatalogueDigest = head.Catalogue.Digest(course.KnownAt),
            Shipments = course.Looked,
            Tightened = totals[ImpactRow.Tightened].ToTotal(),
            Loosened = totals[ImpactRow.Loosened].ToTotal(),
            ReasonsChanged = course.ReasonsChanged,
            Notices = { head.Rules.Notes.Notice },
        };
        foreach (var direction in Directions)
            foreach (var (dimension, _) in Dimensions)
                response.Breakdowns.Add(BreakdownOf(direction, dimension));
        return response;
    }

    private void Add(ImpactRow row)
    {
        totals[row.Direction].Add(row.Units, row.Value);
        foreach (var (dimension, key) in Dimensions)
            GroupsOf(row.Direction, dimension).Of(key(row)).Add(row.Units, row.Value);
    }

    private Groups<GoodsSum> GroupsOf(string direction, Dimension dimension)
    {
        if (!groups.TryGetValue((direction, dimension), out var found))
            groups.Add((direction, dimension), found = new Groups<GoodsSum>());
        return found;
    }

    private ImpactBreakdown BreakdownOf(string direction, Dimension dimension)
    {
        var found = GroupsOf(direction, dimension);
        var (top, rest) = found.Cut(GroupsMax, sum => sum.Units);
        var breakdown = new ImpactBreakdown
        {
            Direction = ImpactRow.DirectionOf(direction),
            Dimension = dimension,
            GroupCount = found.Count,
        };
        breakdown.Groups.AddRange(top.Select(group => new ImpactGroup { Key = group.Key, Total = group.Value.ToTotal() }));
        if (rest.Count == 0)
            return breakdown;
        var other = new GoodsSum();
        foreach (var sum in rest)
            other.Add(sum);
        breakdown.Other = new ImpactGroup { Total = other.ToTotal() };
        return breakdown;
    }
}
