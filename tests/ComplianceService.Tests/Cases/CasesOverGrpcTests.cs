using System.Globalization;
using CsvHelper;
using Google.Protobuf.WellKnownTypes;
using OrderTracking.Compliance.V1;
using OrderTracking.ComplianceService.Tests.Registers;
using OrderTracking.Types.V1;
using Xunit;

namespace OrderTracking.ComplianceService.Tests.Cases;

/// <summary>Every worked decision of the cases file as a caller asks it: one by one, and all on one stream.</summary>
public sealed class CasesOverGrpcTests(RegistersHost host) : IClassFixture<RegistersHost>
{
    private const int CasesCount = 172;

    [Fact]
    public async Task Every_case_comes_out_as_written_when_asked_alone()
    {
        var client = host.Checks();
        var wrong = new List<string>();
        foreach (var row in Rows())
            Compare(row, await client.CheckShipmentAsync(Question(row)), wrong);

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public async Task Every_case_comes_out_as_written_on_one_stream()
    {
        var rows = Rows();
        using var call = host.Checks().BatchCheckShipments();
        var wrong = new List<string>();
        foreach (var part in rows.Chunk(50))
        {
            await call.RequestStream.WriteAsync(new BatchCheckShipmentsRequest { Checks = { part.Select(Question) } });
            Assert.True(await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
            Assert.Equal(part.Length, call.ResponseStream.Current.Answers.Count);
            foreach (var (row, answer) in part.Zip(call.ResponseStream.Current.Answers))
                Compare(row, answer.Decision, wrong);
        }

        await call.RequestStream.CompleteAsync();
        Assert.Equal(CasesCount, rows.Count);
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public async Task A_wrong_case_would_be_printed()
    {
        var row = new Dictionary<string, string>(Rows().First(row => row["case"] == "P076")) { ["ship_date"] = "2025-04-08" };
        var wrong = new List<string>();
        Compare(row, await host.Checks().CheckShipmentAsync(Question(row)), wrong);

        Assert.StartsWith("P076", Assert.Single(wrong), StringComparison.Ordinal);
    }

    private static void Compare(Dictionary<string, string> row, Decision? decision, List<string> wrong)
    {
        var expected = $"{row["outcome"]} {row["rules"]}";
        var actual = decision is null ? "refused" : Asked.Written(decision);
        if (expected != actual)
            wrong.Add(
                $"{row["case"]} {row["part_number"]} to {row["destination"]} on {row["ship_date"]} known {row["known_at"]}: expected '{expected}', was '{actual}'");
    }

    private static CheckShipmentRequest Question(Dictionary<string, string> row) => new()
    {
        Facts = new ShipmentFacts
        {
            Item = new Item { PartNumber = row["part_number"], Family = row["family"], Facts = Facts(row) },
            Exporter = row["exporter"],
            PlaceOfExport = new PlaceOfExport { Country = row["exported_from"], TimeZone = "Etc/UTC" },
            DestinationCountry = row["destination"],
            Movement = System.Enum.Parse<Movement>(row["movement"], ignoreCase: true),
            Parties = { row["headquarters"].Split([' ', ';'], StringSplitOptions.RemoveEmptyEntries).Select(country => EndUser(row, country)) },
            ShipDate = Asked.Day(row["ship_date"]),
        },
        KnownAt = Timestamp.FromDateTimeOffset(Screening.Pack.EndOf(row["known_at"])),
    };

    private static Party EndUser(Dictionary<string, string> row, string country)
    {
        var party = Asked.EndUser(country, $"End user of {row["case"]}");
        if (Number(row["listed_owner_share_percent"]) is { } share)
            party.ListedOwnerSharePercent = share;
        return party;
    }

    private static ItemFacts Facts(Dictionary<string, string> row)
    {
        var facts = new ItemFacts();
        if (Number(row["tpp"]) is { } tpp)
            facts.Tpp = tpp;
        if (Number(row["performance_density"]) is { } density)
            facts.PerformanceDensity = density;
        if (Number(row["io_bandwidth_gbps"]) is { } io)
            facts.IoBandwidthGbps = io;
        if (Number(row["memory_bandwidth_gbps"]) is { } memory)
            facts.MemoryBandwidthGbps = memory;
        if (bool.TryParse(row["designed_for_data_center"], out var designed))
            facts.DesignedForDataCenter = designed;
        return facts;
    }

    private static double? Number(string text) => text.Length == 0 ? null : double.Parse(text, CultureInfo.InvariantCulture);

    private static List<Dictionary<string, string>> Rows()
    {
        using var csv = new CsvReader(
            new StreamReader(Path.Combine(AppContext.BaseDirectory, "Cases", "decisions.csv")), CultureInfo.InvariantCulture);
        Assert.True(csv.Read() && csv.ReadHeader());
        var rows = new List<Dictionary<string, string>>();
        while (csv.Read())
            rows.Add(csv.HeaderRecord!.ToDictionary(column => column, column => csv.GetField(column) ?? ""));
        return rows;
    }
}
