using Google.Protobuf.WellKnownTypes;
using OrderTracking.Types.V1;

namespace OrderTracking.Host.Demo;

/// <summary>A buyer of the demo; the buyers outside China are made up.</summary>
/// <param name="Parent">The country of the ultimate parent; null: it has none.</param>
internal sealed record Buyer(string Name, string Country, string? Parent = null)
{
    /// <summary>Who takes part: the buyer buys and uses the goods; where it has a parent, a consignee takes them for it.</summary>
    public IEnumerable<Party> Parties()
    {
        yield return PartyAs(PartyRole.Purchaser);
        yield return PartyAs(Parent is null || Parent == Country ? PartyRole.EndUser : PartyRole.UltimateConsignee);
    }

    private Party PartyAs(PartyRole role) => new()
    {
        Role = role,
        Name = Name,
        Country = Country,
        HeadquartersCountry = Country,
        UltimateParent = Parent is null ? new UltimateParent { None = new Empty() } : new UltimateParent { Country = Parent },
    };
}

/// <summary>Who buys in the demo.</summary>
internal static class Buyers
{
    public static readonly Buyer ByteDance = new("ByteDance", "CN", "CN");
    public static readonly Buyer Alibaba = new("Alibaba", "CN", "CN");
    public static readonly Buyer Tencent = new("Tencent", "CN", "CN");
    public static readonly Buyer DeepSeek = new("DeepSeek", "CN", "CN");
    public static readonly Buyer CascadeCloud = new("Cascade Cloud", "US");
    public static readonly Buyer GraniteCompute = new("Granite Compute", "US");
    public static readonly Buyer SummitResearch = new("Summit Research", "US");
    public static readonly Buyer FormosaCloud = new("Formosa Cloud", "TW");
    public static readonly Buyer AoyamaData = new("Aoyama Data", "JP");
    public static readonly Buyer HanRiverCloud = new("Han River Cloud", "KR");
    public static readonly Buyer Rechenwerk = new("Rechenwerk Rhein", "DE");
    public static readonly Buyer AlbionCompute = new("Albion Compute", "GB");
    public static readonly Buyer CalculGaronne = new("Calcul Garonne", "FR");
    public static readonly Buyer NorrlandData = new("Norrland Data", "SE");
    public static readonly Buyer BharatCompute = new("Bharat Compute", "IN");
    public static readonly Buyer GulfData = new("Gulf Data", "AE");
    public static readonly Buyer MekongCloud = new("Mekong Cloud", "TH");
    public static readonly Buyer SongHongData = new("Song Hong Data", "VN");
    public static readonly Buyer MerlionCompute = new("Merlion Compute", "SG", "CN");
}
