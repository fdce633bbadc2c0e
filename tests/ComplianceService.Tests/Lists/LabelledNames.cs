using System.Text;
using OrderTracking.ComplianceService.Lists;
using OrderTracking.ComplianceService.Lists.Matching;
using OrderTracking.ComplianceService.Screening;

namespace OrderTracking.ComplianceService.Tests.Lists;

/// <summary>A party, and the place of the entry it is; -1: it is none of them.</summary>
internal sealed record LabelledName(string Kind, Party Party, int Entry);

/// <summary>
/// Names made from a list by a fixed rule: as given, reordered, misspelt, written otherwise in Latin letters or in Cyrillic; and companies
/// that are not listed. The same every time.
/// </summary>
internal sealed class LabelledNames(IReadOnlyList<ListEntry> entries)
{
    private const string Cyrillic = "абвгдезийклмнопрстуфхцчшыэ";
    private static readonly string[] Latin =
        ["a", "b", "v", "g", "d", "e", "z", "i", "y", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u", "f", "kh", "ts", "ch", "sh", "y", "e"];

    private static readonly (string From, string To)[] Respelt =
        [("kh", "h"), ("ei", "ey"), ("ou", "u"), ("zh", "j"), ("ph", "f"), ("iy", "y"), ("mohammed", "muhammad"), ("hussein", "hossein"), ("yu", "iu"), ("ck", "k"),
            ("tt", "t"), ("ll", "l"), ("beijing", "peking"), ("ahmad", "ahmed"), ("technology", "technologies"), ("yev", "ev"), ("ya", "ia")];

    // Real companies that are not on the lists, of the kind that buys chips and of the kind that only sounds like it.
    private const string Unlisted = """
        Deutsche Telekom AG|Toyota Motor Corporation|Siemens Healthineers AG|Nestle SA|Novo Nordisk A/S|Samsung Electronics Co Ltd|SK Hynix Inc
        Taiwan Semiconductor Manufacturing Company|ASML Holding NV|Infineon Technologies AG|Sony Group Corporation|Hitachi Ltd|Fujitsu Limited
        NEC Corporation|Softbank Group Corp|Rakuten Inc|Reliance Industries Limited|Tata Consultancy Services|Infosys Limited|Wipro Limited
        Bharti Airtel|Grab Holdings|Sea Limited|Singapore Telecommunications|DBS Bank Ltd|Petronas Chemicals Group|CIMB Group Holdings
        Telekom Malaysia|YTL Power International|Bangkok Bank|PTT Public Company|Vietnam Posts and Telecommunications Group|FPT Corporation
        Australian National University|Commonwealth Bank of Australia|Telstra Group|Macquarie Group|BHP Group|Canadian National Railway
        Royal Bank of Canada|Shopify Inc|Hydro Quebec|University of Toronto|Banco Santander|Telefonica SA|Iberdrola|Repsol|Barcelona Supercomputing Center
        Orange SA|Airbus SE|Thales Group|Dassault Systemes|Sanofi|BNP Paribas|Atos SE|Scaleway SAS|OVH Groupe|Mistral AI|ENI SpA|Leonardo SpA
        Intesa Sanpaolo|Ferrari NV|Telecom Italia|Politecnico di Milano|ETH Zurich|Swisscom AG|UBS Group|Roche Holding|Novartis|ABB Ltd
        Ericsson|Volvo Group|Spotify Technology|Northern Data AG|Equinor ASA|Telenor|Nokia Oyj|CSC IT Center for Science|Kone Oyj|Orsted
        Carlsberg Group|Maersk|Philips NV|ING Groep|Booking Holdings|KPN|SURF Cooperative|University of Amsterdam|KU Leuven|Solvay|Proximus
        BT Group|Vodafone Group|Rolls Royce Holdings|Barclays|University of Cambridge|Graphcore|Arm Holdings|Nscale|Emirates Telecommunications Group
        Abu Dhabi National Oil Company|Mubadala Investment Company|First Abu Dhabi Bank|Saudi Arabian Oil Company|Saudi Telecom Company|Qatar National Bank
        Ooredoo|Kuwait Finance House|Turkcell|Koc Holding|Bank Hapoalim|Check Point Software|Teva Pharmaceutical|Anglogold Ashanti|MTN Group|Naspers
        Safaricom|Dangote Cement|Cassava Technologies|Petrobras|Itau Unibanco|Embraer|America Movil|Grupo Bimbo|Cemex|Ecopetrol|Bancolombia
        Falabella|Copec|Mercado Libre|YPF|Walmart Inc|Amazon Web Services|Microsoft Corporation|Alphabet Inc|Meta Platforms|Oracle America
        Dell Technologies|Hewlett Packard Enterprise|Super Micro Computer|CoreWeave Inc|Lambda Inc|Crusoe Energy|Equinix|Digital Realty|Tesla Inc|Boeing
        Lockheed Martin|Pfizer|Johnson and Johnson|Procter and Gamble|Coca Cola|Nike|Ford Motor|General Motors|Caterpillar|Deere and Company
        Goldman Sachs Group|JPMorgan Chase|Citigroup|Stanford University|Carnegie Mellon University|Argonne National Laboratory|Kaust|Technion
        """;

    private static readonly string[] Heads =
    [
        "Aurora", "Bluepeak", "Northwind", "Silverline", "Cobalt", "Meridian", "Harbour", "Juniper", "Kestrel", "Lumen", "Maple", "Nimbus", "Opal",
        "Pinnacle", "Quartz", "Redwood", "Summit", "Tundra", "Umber", "Vertex", "Willow", "Zephyr", "Brightwater", "Clearfield", "Drakensberg", "Eastgate",
        "Fairmont", "Greenhill", "Highland", "Ironbridge", "Jansen", "Kowalski", "Lindqvist", "Moreau", "Nakamura", "Okafor", "Petersen", "Rossi", "Schneider",
        "Tanaka", "Villanueva", "Weber", "Yamada", "Ashford", "Bergstrom", "Castellano", "Dubois", "Eriksen", "Fontaine", "Gallagher",
    ];

    private static readonly string[] Tails =
    [
        "Technology", "Electronics", "Trading", "Data Centers", "Cloud Services", "Semiconductor", "Logistics", "Research", "Computing", "Systems",
        "International Trading", "Industrial Group", "Aviation Services", "Energy Solutions", "Medical Devices", "Machinery", "Import and Export",
    ];

    private static readonly string[] Forms = ["Co., Ltd.", "LLC", "GmbH", "Inc.", "Pte Ltd", "SA", "AB", "BV", "Limited", "Corp."];
    private static readonly string[] Places = ["DE", "JP", "SG", "MY", "AE", "CN", "GB", "US", "IN", "TR"];
    private uint state = 20231130;

    public IEnumerable<LabelledName> Listed(int every)
    {
        for (var i = 0; i < entries.Count; i += every)
        {
            var entry = entries[i];
            var name = ListedNames.Of(entry).First();
            var country = entry.Countries.Count > 0 ? entry.Countries[0] : "US";
            foreach (var (kind, written) in Written(entry, name))
                yield return new LabelledName(kind, new Party(PartyRole.EndUser, written, country, country), i);
        }
    }

    public IEnumerable<LabelledName> NotListed(int made)
    {
        var listed = entries.SelectMany(ListedNames.Of).Select(NameKey.Strict).ToHashSet(StringComparer.Ordinal);
        foreach (var name in Unlisted.Split(['|', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            yield return new LabelledName("unrelated", Of(name), -1);
        for (var i = 0; i < made; i++)
        {
            var name = $"{Heads[Next(Heads.Length)]} {(Next(3) == 0 ? Heads[Next(Heads.Length)] + " " : "")}{Tails[Next(Tails.Length)]} {Forms[Next(Forms.Length)]}";
            if (!listed.Contains(NameKey.Strict(name)))
                yield return new LabelledName("unrelated", Of(name), -1);
        }
    }

    private Party Of(string name)
    {
        var country = Places[Next(Places.Length)];
        return new Party(PartyRole.EndUser, name, country, country);
    }

    private IEnumerable<(string Kind, string Name)> Written(ListEntry entry, string name)
    {
        yield return ("as given", name);
        if (entry.Aliases.Count > 0)
            yield return ("alias", entry.Aliases[Next(entry.Aliases.Count)]);
        var words = name.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length > 1)
            yield return ("reordered", string.Join(' ', words.Skip(1).Append(words[0].Trim(','))));
        if (Misspelt(words) is { } misspelt)
            yield return ("misspelt", misspelt);
        var respelt = Respelt.Aggregate(name.ToLowerInvariant(), (text, pair) => text.Replace(pair.From, pair.To, StringComparison.Ordinal));
        if (!string.Equals(respelt, name, StringComparison.OrdinalIgnoreCase))
            yield return ("respelt", respelt);
        if (entry.Countries.Contains("RU", StringComparer.Ordinal) && name.All(letter => char.IsAsciiLetter(letter) || letter is ' ' or ',' or '-'))
            yield return ("cyrillic", InCyrillic(name.ToLowerInvariant()));
    }

    /// <summary>One letter left out, doubled, swapped or wrong, in a word of five letters or more.</summary>
    private string? Misspelt(string[] words)
    {
        int[] eligible = [.. words.Index().Where(word => word.Item.Length >= 5 && word.Item.All(char.IsAsciiLetter)).Select(word => word.Index)];
        if (eligible.Length == 0)
            return null;
        var at = eligible[Next(eligible.Length)];
        var word = words[at];
        var place = 1 + Next(word.Length - 2);
        var wrong = Next(4) switch
        {
            0 => word.Remove(place, 1),
            1 => word.Insert(place, word[place].ToString()),
            2 => $"{word[..place]}{word[place + 1]}{word[place]}{word[(place + 2)..]}",
            _ => $"{word[..place]}{(char)('a' + Next(26))}{word[(place + 1)..]}",
        };
        return string.Join(' ', words.Index().Select(one => one.Index == at ? wrong : one.Item));
    }

    private static string InCyrillic(string name)
    {
        var text = new StringBuilder();
        for (var i = 0; i < name.Length; i++)
        {
            var two = i + 1 < name.Length ? Array.IndexOf(Latin, name.Substring(i, 2)) : -1;
            var found = two >= 0 ? two : Array.IndexOf(Latin, name.Substring(i, 1));
            text.Append(found >= 0 ? Cyrillic[found] : name[i]);
            i += two >= 0 ? 1 : 0;
        }

        return text.ToString();
    }

    private int Next(int below)
    {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        return (int)(state % (uint)below);
    }
}
