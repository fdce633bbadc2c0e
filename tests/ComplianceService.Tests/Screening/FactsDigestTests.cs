using System.Security.Cryptography;
using System.Text;
using OrderTracking.ComplianceService.Screening;
using Xunit;

namespace OrderTracking.ComplianceService.Tests.Screening;

/// <summary>The text a digest of facts is made of: stored decisions and releases are bound by it.</summary>
public sealed class FactsDigestTests
{
    private static readonly DateOnly Day = new(2025, 5, 20);

    [Fact]
    public void Unknown_is_not_empty_and_a_length_counts_characters()
    {
        var facts = new ShipmentFacts(
            new Item("H20", null, new ItemFacts(Tpp: 2368.0m, PerformanceDensity: 0.50m, IoBandwidthGbps: 0, DesignedForDataCenter: true)),
            "NVIDIA", new PlaceOfExport("US", "America/Los_Angeles"), "CN", Movement.Export,
            [
                new Party(PartyRole.EndUser, "北京 🐉 GmbH", "CN", "CN", UltimateParent.None, "", 12.5m),
                new Party(PartyRole.Purchaser, "Ärger", "DE", "DE", UltimateParent.In("FR"), null, null, "Weg 1"),
                new Party(PartyRole.Purchaser, "Halves \ud83d", "DE", "DE", null),
            ],
            Day, 100, new DeclaredValue("USD", 1_200_000, 5));

        Assert.Equal(
            Digest("""
                facts 1
                part=3:H20
                family=-
                tpp=4:2368
                performance_density=3:0.5
                die_area_mm2=-
                io_bandwidth_gbps=1:0
                memory_bandwidth_gbps=-
                designed_for_data_center=4:true
                exporter=6:NVIDIA
                place=2:US
                zone=19:America/Los_Angeles
                destination=2:CN
                movement=6:Export
                party=7:EndUser
                name=10:北京 🐉 GmbH
                country=2:CN
                headquarters=2:CN
                parent=4:none
                listed_owner=0:
                share=4:12.5
                party=9:Purchaser
                name=5:Ärger
                country=2:DE
                headquarters=2:DE
                parent=2:FR
                listed_owner=-
                share=-
                address=5:Weg 1
                party=9:Purchaser
                name=8:Halves �
                country=2:DE
                headquarters=2:DE
                parent=-
                listed_owner=-
                share=-
                ship_date=10:2025-05-20
                quantity=3:100
                value=13:USD 1200000 5

                """),
            FactsDigest.Of(facts));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(300)]
    [InlineData(5_000)]
    public void A_name_of_any_length_is_taken_whole(int characters)
    {
        var name = new string('ß', characters);
        var facts = new ShipmentFacts(
            new Item(name, name, null), "NVIDIA", new PlaceOfExport("US", "America/Los_Angeles"), "CN", Movement.Transfer, [], Day, null, null);

        Assert.Equal(
            Digest($"""
                facts 1
                part={characters}:{name}
                family={characters}:{name}
                exporter=6:NVIDIA
                place=2:US
                zone=19:America/Los_Angeles
                destination=2:CN
                movement=8:Transfer
                ship_date=10:2025-05-20
                quantity=-
                value=-

                """),
            FactsDigest.Of(facts));
    }

    private static string Digest(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\n"))));
}
