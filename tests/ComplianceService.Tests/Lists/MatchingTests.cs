using OrderTracking.ComplianceService.Lists;
using OrderTracking.ComplianceService.Lists.Matching;
using OrderTracking.ComplianceService.Screening;
using Xunit;

namespace OrderTracking.ComplianceService.Tests.Lists;

/// <summary>Scores of a party and a listed one.</summary>
public sealed class MatchingTests
{
    [Theory]
    [InlineData("Huawei Technologies Co., Ltd.", "HUAWEI TECHNOLOGIES CO LTD", 100, 100)]
    [InlineData("Huawei Technologies Co., Ltd.", "Huawei Technology", 100, 100)]
    [InlineData("Huawei Technologies Co., Ltd.", "Technologies Huawei GmbH", 100, 100)]
    [InlineData("Huawei Technologies Co., Ltd.", "Huawey Technologies", 90, 99)]
    [InlineData("Murat B\u00fckey", "Murat Bukey", 100, 100)]
    [InlineData("DURAN PORRAS, Gloria Amparo", "Gloria Amparo Duran Porras", 100, 100)]
    [InlineData("Mohammed Hussein", "Muhammad Husain", 90, 99)]
    [InlineData("KHALID JARRAH", "Halid Jarrah", 95, 100)]
    [InlineData("Rosoboronexport", "\u0420\u043e\u0441\u043e\u0431\u043e\u0440\u043e\u043d\u044d\u043a\u0441\u043f\u043e\u0440\u0442", 90, 100)]
    [InlineData("Beijing Kaituozhe Aviation", "Peking Kaituozhe Aviation", 85, 100)]
    [InlineData("Hikvision Digital Technology", "Hik Vision Digital Technology", 90, 99)]
    [InlineData("VTB BANK PUBLIC JOINT STOCK COMPANY", "VTB Bank PJSC", 100, 100)]
    [InlineData("Academy of Aerospace Solid Propulsion Technology (AASPT)", "Academy of Aerospace Solid Propulsion Technology", 100, 100)]
    [InlineData("Sinobright Import and Export Company; and any successor, sub-unit, or subsidiary thereof", "Sinobright Import & Export Co", 95, 100)]
    [InlineData("Wang Trading", "Yang Trading", 0, 69)]
    [InlineData("Beijing Computing Center", "Shanghai Computing Center", 0, 84)]
    [InlineData("China Telecom Corporation Limited", "Deutsche Telekom AG", 0, 69)]
    [InlineData("Atlas Sanatgaran", "Atlas Copco", 0, 69)]
    public void A_name_scores_within(string listed, string party, int least, int most) => Assert.InRange(Score(listed, party), least, most);

    [Fact]
    public void Country_and_address_raise_or_lower_a_score()
    {
        var listed = Entry("Kaituozhe Sanatgaran Alpha", "No. 46, Sanlihe Road, Xicheng District, Beijing, 100032, CN");
        int Of(string name, string country, string? address = null) => Score(listed, new Party(PartyRole.EndUser, name, country, country, Address: address));

        Assert.Equal(100, Of("Kaituozhe Sanatgaran Alpha", "CN"));
        Assert.Equal(94, Of("Kaituozhe Sanatgaran Alpha", "DE"));
        Assert.Equal(92, Of("Kaituozhe Sanatgaran Alpha", "DE", "1 Unter den Linden, Berlin"));
        Assert.Equal(Of("Kaituozhe Sanatgeran", "HK"), Of("Kaituozhe Sanatgeran", "CN"));
        Assert.True(Of("Kaituozhe Sanatgeran", "CN", "46 Sanlihe Rd, Xicheng, Beijing") > Of("Kaituozhe Sanatgeran", "CN"));
    }

    [Fact]
    public void A_score_depends_on_the_two_names_alone()
    {
        var alone = Entry("Alfa Beta Gama");
        var many = Enumerable.Range(0, 200).Select(i => Entry($"Alfa Beta {i} Gamma")).Append(alone).ToList();
        var party = new Party(PartyRole.EndUser, "Alfa Bita Gama", "DE", "DE");

        Assert.Equal(
            new PartyScorer([alone]).Of(party).Hits[0].Score,
            new PartyScorer(many).Of(party).Hits.First(hit => hit.Entry == 200).Score);
    }

    [Fact]
    public void The_index_finds_what_comparing_with_all_finds()
    {
        var listed = Enumerable.Range(0, 300).Select(i => $"{Names[i % Names.Length]} {Names[(i * 7) % Names.Length]} {(char)('a' + (i % 26))}kon").ToList();
        var index = new MatchIndex([.. listed.Select(name => Entry(name))]);
        foreach (var name in listed.Where((_, i) => i % 7 == 0).Select(name => name.Remove(2, 1)))
        {
            var all = listed.Index().Where(one => NameScore.Of(NameKey.Of(name), NameKey.Of(one.Item)) >= MatchIndex.ScoreMin).Select(one => one.Index);
            Assert.Equal(all, index.Find(name).Select(hit => hit.Entry));
        }
    }

    [Theory]
    [InlineData("\u534e\u4e3a\u6280\u672f", false)]
    [InlineData("Huawei \u534e\u4e3a", false)]
    [InlineData("\u0645\u062d\u0645\u062f", false)]
    [InlineData("\u041c\u043e\u0441\u043a\u0432\u0430", true)]
    [InlineData("M\u00fcnchen", true)]
    [InlineData("???", false)]
    public void A_name_in_letters_nobody_can_compare_is_known_as_such(string name, bool readable) => Assert.Equal(readable, NameKey.IsReadable(name));

    private static readonly string[] Names = ["Kaituozhe", "Sanatgaran", "Norinco", "Almaz", "Parvaz", "Hesa", "Mahan", "Kavosh", "Tupolev"];

    private static ListEntry Entry(string name, string address = "") => new()
    {
        Id = "EL-1",
        Source = "Entity List (EL)",
        Name = name,
        Addresses = address.Length == 0 ? [] : [address],
        Countries = address.Length == 0 ? [] : [address[^2..]],
    };

    private static int Score(string listed, string party) => Score(Entry(listed), new Party(PartyRole.EndUser, party, "DE", "DE"));

    private static int Score(ListEntry listed, Party party) => new PartyScorer([listed]).Of(party).Hits.Select(hit => hit.Score).FirstOrDefault();
}
