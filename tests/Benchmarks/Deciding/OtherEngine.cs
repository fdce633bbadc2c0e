using OrderTracking.ComplianceService.Screening;
using RulesEngine.Models;

namespace OrderTracking.Benchmarks.Deciding;

/// <summary>A shipment as the peer's expressions read it.</summary>
public sealed class PeerFacts
{
    private readonly HashSet<string> _seats = new(StringComparer.Ordinal);

    internal PeerFacts(ShipmentFacts facts)
    {
        var item = facts.Item.Facts!;
        (Tpp, Density, Io, Memory) = ((double)item.Tpp!, (double)item.PerformanceDensity!, (double)item.IoBandwidthGbps!, (double)item.MemoryBandwidthGbps!);
        (Data, Family, Exporter) = (item.DesignedForDataCenter!.Value, facts.Item.Family!, facts.Exporter);
        (To, From, Movement) = (Countries.ReadByRules(facts.DestinationCountry), facts.PlaceOfExport.Country, facts.Movement.ToString());
        foreach (var party in facts.Parties)
        {
            _seats.Add(Countries.ReadByRules(party.HeadquartersCountry));
            _seats.Add(Countries.ReadByRules(party.UltimateParent!.Country!));
            Share = Math.Max(Share, (double)(party.ListedOwnerSharePercent ?? 0));
        }
    }

    public double Tpp { get; }

    public double Density { get; }

    public double Io { get; }

    public double Memory { get; }

    public bool Data { get; }

    public string Family { get; }

    public string Exporter { get; }

    public string To { get; }

    public string From { get; }

    public string Movement { get; }

    public double Share { get; }

    public bool Sits(string one, string other) => _seats.Contains(one) || _seats.Contains(other);
}

/// <summary>The peer: Microsoft RulesEngine with the same twenty rules as expressions.</summary>
internal sealed class OtherEngine
{
    private const string Workflow = "Export";

    private static readonly string[] Expressions =
    [
        """x.Exporter == "NVIDIA" && (x.To == "CN" || x.To == "RU") && (x.Family == "A100" || x.Family == "H100")""",
        """x.Exporter == "NVIDIA" && (x.To == "CN" || x.To == "MO" || x.Sits("CN", "MO")) && x.Family == "H20" """,
        """x.Exporter == "AMD" && (x.To == "CN" || x.To == "MO" || x.Sits("CN", "MO")) && x.Family == "MI308X" """,
        """x.Exporter == "INTEL" && (x.To == "CN" || x.To == "MO") && x.Memory >= 1400""",
        """x.To == "RU" || x.To == "BY" """,
        """x.To == "CU" || x.To == "IR" || x.To == "KP" || x.To == "SY" """,
        """x.To == "CN" && x.Tpp >= 4800 && x.Io >= 600""",
        """(x.To == "CN" || x.To == "MO" || x.To == "VN" || x.To == "SA" || x.To == "AE" || x.Sits("CN", "MO")) && x.Tpp >= 4800""",
        """(x.To == "CN" || x.To == "MO" || x.To == "VN" || x.To == "SA" || x.To == "AE" || x.Sits("CN", "MO")) && x.Tpp >= 2400 && x.Tpp < 4800""",
        """(x.To == "CN" || x.To == "MO") && x.Io + x.Memory >= 6500""",
        "x.Share >= 50",
        """x.Tpp >= 9600 && x.To != "DE" && x.To != "JP" && x.To != "KR" && x.To != "NL" && x.To != "TW" && x.To != "GB" && x.To != "FR" """,
        """x.Movement == "Reexport" && (x.To == "SG" || x.To == "MY") && x.Tpp >= 4800""",
        """x.Movement == "Transfer" && x.Sits("CN", "RU")""",
        """x.From == "TW" && x.To == "CN" && x.Density >= 5.92""",
        """(x.To == "AE" || x.To == "SA" || x.To == "QA") && x.Tpp >= 4800 && x.Data""",
        """x.Sits("RU", "BY") && x.Io >= 300""",
        """(x.To == "IN" || x.To == "PK") && x.Exporter != "NVIDIA" && x.Tpp >= 2400""",
        """(x.To == "VN" || x.To == "KH" || x.To == "LA") && x.Memory >= 4000""",
        """x.To == "MM" || x.To == "VE" """,
    ];

    private readonly RulesEngine.RulesEngine _engine = new([new Workflow
    {
        WorkflowName = Workflow,
        Rules = [.. Expressions.Select((expression, at) => new Rule { RuleName = TwentyRules.NameOf(at), Expression = expression })],
    }]);

    /// <summary>The rules that apply, as bits.</summary>
    public async ValueTask<uint> Fired(PeerFacts facts)
    {
        var results = await _engine.ExecuteAllRulesAsync(Workflow, new RuleParameter("x", facts));
        var fired = 0u;
        for (var rule = 0; rule < results.Count; rule++)
            if (results[rule].IsSuccess)
                fired |= 1u << rule;
        return fired;
    }
}
