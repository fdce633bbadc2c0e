using OrderTracking.ComplianceService.Screening;

namespace OrderTracking.Benchmarks.Deciding;

/// <summary>Facts in the form a chain of ifs likes best: small numbers, made before the clock starts.</summary>
internal sealed class ChainFacts
{
    public ChainFacts(ShipmentFacts facts)
    {
        var item = facts.Item.Facts!;
        (Tpp, Density, Io, Memory) = ((double)item.Tpp!, (double)item.PerformanceDensity!, (double)item.IoBandwidthGbps!, (double)item.MemoryBandwidthGbps!);
        IsForDataCenters = item.DesignedForDataCenter!.Value;
        Family = Array.IndexOf(IfChain.Families, facts.Item.Family);
        Exporter = Array.IndexOf(IfChain.Exporters, facts.Exporter);
        Destination = IndexOf(facts.DestinationCountry);
        From = IndexOf(facts.PlaceOfExport.Country);
        Movement = facts.Movement;
        foreach (var party in facts.Parties)
        {
            Seats.Add(IndexOf(party.HeadquartersCountry));
            Seats.Add(IndexOf(party.UltimateParent!.Country!));
            Share = Math.Max(Share, (double)(party.ListedOwnerSharePercent ?? 0));
        }
    }

    public double Tpp { get; }

    public double Density { get; }

    public double Io { get; }

    public double Memory { get; }

    public bool IsForDataCenters { get; }

    public int Family { get; }

    public int Exporter { get; }

    public int Destination { get; }

    public int From { get; }

    public Movement Movement { get; }

    public double Share { get; }

    public CountrySet Seats { get; } = new();

    public static int IndexOf(string country) => CountrySet.IndexOf(Countries.ReadByRules(country));
}

/// <summary>The limit: the same twenty rules written out by hand. Gives the rules that apply as bits, and the outcome.</summary>
internal static class IfChain
{
    public static readonly string[] Families = ["A100", "H100", "H20", "MI308X"];
    public static readonly string[] Exporters = ["NVIDIA", "AMD", "INTEL"];
    private const int A100 = 0, H100 = 1, H20 = 2, Mi308X = 3;
    private const int Nvidia = 0, Amd = 1, Intel = 2;
    private static readonly int Cn = Of("CN"), Tw = Of("TW");
    private static readonly CountrySet ChinaRussia = Set("CN", "RU"), ChinaMacau = Set("CN", "MO"), RussiaBelarus = Set("RU", "BY");
    private static readonly CountrySet Embargo = Set("CU", "IR", "KP", "SY"), Advanced = Set("CN", "MO", "VN", "SA", "AE");
    private static readonly CountrySet Friends = Set("DE", "JP", "KR", "NL", "TW", "GB", "FR"), Straits = Set("SG", "MY"), Gulf = Set("AE", "SA", "QA");
    private static readonly CountrySet South = Set("IN", "PK"), Mekong = Set("VN", "KH", "LA"), Others = Set("MM", "VE");

    public static uint Fired(ChainFacts x, out Outcome outcome)
    {
        var fired = 0u;
        var worst = Outcome.Cleared;
        var inChina = ChinaMacau.Contains(x.Destination);
        var sitsInChina = x.Seats.Meets(ChinaMacau);
        if (x.Exporter == Nvidia && x.Family is A100 or H100 && x.Exporter == Nvidia && ChinaRussia.Contains(x.Destination))
            Held(0);
        if (x.Exporter == Nvidia && x.Family == H20 && (inChina || sitsInChina))
            Held(1);
        if (x.Exporter == Amd && x.Family == Mi308X && (inChina || sitsInChina))
            Held(2);
        if (x.Exporter == Intel && x.Memory >= 1400 && inChina)
            Held(3);
        if (RussiaBelarus.Contains(x.Destination))
            Blocked(4);
        if (Embargo.Contains(x.Destination))
            Blocked(5);
        if (x.Destination == Cn && x.Tpp >= 4800 && x.Io >= 600)
            Blocked(6);
        var advanced = Advanced.Contains(x.Destination) || sitsInChina;
        if (advanced && x.Tpp >= 4800)
            Held(7);
        if (advanced && x.Tpp is >= 2400 and < 4800)
            Held(8);
        if (inChina && x.Io + x.Memory >= 6500)
            Blocked(9);
        if (x.Share >= 50)
            Blocked(10);
        if (x.Tpp >= 9600 && !Friends.Contains(x.Destination))
            Held(11);
        if (x.Movement == Movement.Reexport && x.Tpp >= 4800 && Straits.Contains(x.Destination))
            Held(12);
        if (x.Movement == Movement.Transfer && x.Seats.Meets(ChinaRussia))
            Blocked(13);
        if (x.From == Tw && x.Destination == Cn && x.Density >= 5.92)
            Held(14);
        if (x.IsForDataCenters && x.Tpp >= 4800 && Gulf.Contains(x.Destination))
            Held(15);
        if (x.Io >= 300 && x.Seats.Meets(RussiaBelarus))
            Blocked(16);
        if (x.Tpp >= 2400 && x.Exporter != Nvidia && South.Contains(x.Destination))
            Held(17);
        if (x.Memory >= 4000 && Mekong.Contains(x.Destination))
            Held(18);
        if (Others.Contains(x.Destination))
            Blocked(19);
        outcome = worst;
        return fired;

        void Held(int rule)
        {
            fired |= 1u << rule;
            worst = worst == Outcome.Cleared ? Outcome.Held : worst;
        }

        void Blocked(int rule)
        {
            fired |= 1u << rule;
            worst = Outcome.Blocked;
        }
    }

    private static int Of(string country) => CountrySet.IndexOf(country);

    private static CountrySet Set(params string[] countries)
    {
        var set = new CountrySet();
        foreach (var country in countries)
            set.Add(Of(country));
        return set;
    }
}
