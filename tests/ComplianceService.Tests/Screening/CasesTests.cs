using System.Globalization;
using CsvHelper;
using OrderTracking.ComplianceService.Rules;
using OrderTracking.ComplianceService.Rules.Parsing;
using OrderTracking.ComplianceService.Screening;
using Xunit;

namespace OrderTracking.ComplianceService.Tests.Screening;

/// <summary>Every worked decision of the cases file, once with its inline facts and once with the catalogue's.</summary>
public sealed class CasesTests
{
    private const int CasesCount = 172;

    [Fact]
    public void The_cases_file_is_whole()
    {
        Assert.Equal(CasesCount, Rows().Count);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_case_comes_out_as_written(string name)
    {
        var row = Rows()[name];
        var decision = Pack.Decide(Facts(row, inline: true), Pack.EndOf(row["known_at"]));

        Assert.Equal($"{name} {row["outcome"]} {row["rules"]}", $"{name} {Canonical.Code(decision.Outcome.ToString())} {Pack.Fired(decision)}");
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_catalogue_holds_the_facts_of_the_case(string name)
    {
        var row = Rows()[name];
        var decision = Pack.Decide(Facts(row, inline: false), Pack.EndOf(row["known_at"]));

        Assert.Equal(ItemSource.Catalogue, decision.ItemUsed.Source);
        Assert.Equal($"{name} {row["outcome"]} {row["rules"]}", $"{name} {Canonical.Code(decision.Outcome.ToString())} {Pack.Fired(decision)}");
    }

    [Fact]
    public void A_wrong_case_would_be_seen()
    {
        var row = new Dictionary<string, string>(Rows()["P076"]) { ["ship_date"] = "2025-04-08" };
        var decision = Pack.Decide(Facts(row, inline: true), Pack.EndOf(row["known_at"]));

        Assert.NotEqual(row["outcome"], Canonical.Code(decision.Outcome.ToString()));
    }

    public static TheoryData<string> Cases() => [.. Rows().Keys];

    private static ShipmentFacts Facts(Dictionary<string, string> row, bool inline)
    {
        var facts = new ItemFacts(
            Number(row["tpp"]), Number(row["performance_density"]), null, Number(row["io_bandwidth_gbps"]), Number(row["memory_bandwidth_gbps"]),
            row["designed_for_data_center"] switch { "true" => true, "false" => false, _ => null });
        var share = Number(row["listed_owner_share_percent"]);
        var parties = row["headquarters"].Split([' ', ';'], StringSplitOptions.RemoveEmptyEntries)
            .Select(country => Pack.EndUser(country, "End user of " + row["case"], share));
        return new ShipmentFacts(
            inline ? new Item(row["part_number"], row["family"], facts) : new Item(row["part_number"]),
            row["exporter"],
            new PlaceOfExport(row["exported_from"], "Etc/UTC"),
            row["destination"],
            Codes.Find<Movement>(row["movement"])!.Value,
            [.. parties],
            Pack.Day(row["ship_date"]));
    }

    private static decimal? Number(string text) => text.Length == 0 ? null : decimal.Parse(text, CultureInfo.InvariantCulture);

    private static Dictionary<string, Dictionary<string, string>> Rows()
    {
        using var csv = new CsvReader(
            new StreamReader(Path.Combine(AppContext.BaseDirectory, "Cases", "decisions.csv")), CultureInfo.InvariantCulture);
        Assert.True(csv.Read() && csv.ReadHeader());
        var rows = new Dictionary<string, Dictionary<string, string>>();
        while (csv.Read())
        {
            var row = csv.HeaderRecord!.ToDictionary(column => column, column => csv.GetField(column) ?? "");
            rows.Add(row["case"], row);
        }

        return rows;
    }
}
