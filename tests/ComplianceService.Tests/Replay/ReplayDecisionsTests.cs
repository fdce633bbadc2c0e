using System.Globalization;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using OrderTracking.Compliance.V1;
using OrderTracking.ComplianceService.Tests.Service;
using Xunit;
using Kind = OrderTracking.Compliance.V1.DecisionReplay.Types.Difference.Types.Kind;
using ReplayApi = OrderTracking.Compliance.V1.ReplayService;

namespace OrderTracking.ComplianceService.Tests.Replay;

public sealed class ReplayDecisionsTests
{
    private const string Scale = "ORDERTRACKING_DECISIONS";
    private const int RowsOfABatch = 5_000;
    private const string Insert = """
        insert into decisions (decision_id, shipment, number, occasion, outcome, ship_date, part_number, destination_country, created_at, body)
        values (@Id, @Shipment, 1, 'SCREENING', @Outcome, @ShipDate, @PartNumber, @DestinationCountry, @CreatedAt, @Body)
        """;

    /// <summary>The long form: ORDERTRACKING_DECISIONS=1000000.</summary>
    [Fact]
    public async Task Every_stored_decision_of_many_replays_without_a_mismatch()
    {
        var count = int.Parse(Environment.GetEnvironmentVariable(Scale) ?? "20000", CultureInfo.InvariantCulture);
        await using var host = await ComplianceHost.Start("2026-11-23T12:00:00Z");
        await Store(host, 0, count, record => record);
        var client = host.As<ReplayApi.ReplayServiceClient>("audrey", "auditor");

        var start = TimeProvider.System.GetTimestamp();
        var operation = await client.ReplayDecisionsAsync(new ReplayDecisionsRequest());
        var found = await OperationsDesk.Result<ReplayDecisionsResponse>(host, operation, TimeSpan.FromMinutes(20));
        var elapsed = TimeProvider.System.GetElapsedTime(start);

        Assert.Equal((count, count, 0), (found.Decisions, found.Identical, found.Mismatched));
        TestContext.Current.TestOutputHelper!.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{count:N0} decisions in {elapsed.TotalSeconds:N1} s, {count / elapsed.TotalSeconds:N0} a second; working set at most {PeakMegabytes():N0} MB"));
    }

    [Fact]
    public async Task A_range_is_replayed_and_its_mismatches_are_counted_and_streamed()
    {
        await using var host = await ComplianceHost.Start("2026-11-23T12:00:00Z");
        await Store(host, 0, 30, record => record);
        await Store(host, 30, 3, record =>
        {
            record.Outcome = record.Outcome == Outcome.Cleared ? Outcome.Blocked : Outcome.Cleared;
            record.EngineVersion = "0";
            return record;
        });
        await Store(host, 33, 1, record =>
        {
            record.RulesDigest = "other";
            return record;
        });
        var client = host.As<ReplayApi.ReplayServiceClient>("audrey", "auditor");

        var operation = await client.ReplayDecisionsAsync(new ReplayDecisionsRequest());
        var all = await OperationsDesk.Result<ReplayDecisionsResponse>(host, operation);
        Assert.Equal((34, 30, 4), (all.Decisions, all.Identical, all.Mismatched));
        Assert.Equal(
            [(Kind.EngineVersionDiffers, 3), (Kind.RulesDigestDiffers, 1), (Kind.OutcomeDiffers, 3)],
            all.Kinds.Select(one => (one.Kind, one.Decisions)).Order());
        var rows = await OperationsDesk.All(client.StreamReplayMismatches(new StreamReplayMismatchesRequest { Name = operation.Name }));
        Assert.Equal(Enumerable.Range(30, 4).Select(number => Records.Of(number).Name), rows.Select(row => row.Decision));

        var chosen = Records.Of(33);
        var one = await client.ReplayDecisionsAsync(new ReplayDecisionsRequest { Filter = $"shipment = \"{chosen.Shipment}\" AND number = 1" });
        var counted = await OperationsDesk.Result<ReplayDecisionsResponse>(host, one);
        Assert.Equal((1, 1), (counted.Decisions, counted.Mismatched));

        var none = await client.ReplayDecisionsAsync(new ReplayDecisionsRequest { Filter = "create_time < \"2001-01-01T00:00:00Z\"" });
        Assert.Equal(0, (await OperationsDesk.Result<ReplayDecisionsResponse>(host, none)).Decisions);
    }

    [Fact]
    public async Task What_cannot_be_replayed_is_refused_and_a_repeated_request_starts_nothing()
    {
        await using var host = await ComplianceHost.Start("2026-11-23T12:00:00Z");
        var client = host.As<ReplayApi.ReplayServiceClient>("audrey", "auditor");
        var filter = await Refused.By(() => client.ReplayDecisionsAsync(new ReplayDecisionsRequest { Filter = "colour = red" }).ResponseAsync);
        Assert.Equal((StatusCode.InvalidArgument, "FILTER_INVALID"), (filter.Code, filter.Reason));
        var unknown = await Refused.By(() => OperationsDesk.All(
            client.StreamReplayMismatches(new StreamReplayMismatchesRequest { Name = $"operations/{Guid.CreateVersion7():D}" })));
        Assert.Equal((StatusCode.NotFound, "OPERATION_UNKNOWN"), (unknown.Code, unknown.Reason));

        var request = new ReplayDecisionsRequest { RequestId = Guid.CreateVersion7().ToString("D") };
        var first = await client.ReplayDecisionsAsync(request);
        Assert.Equal(first.Name, (await client.ReplayDecisionsAsync(request)).Name);
        var scan = await Refused.By(() => OperationsDesk.All(client.StreamLookBackRows(new StreamLookBackRowsRequest { Name = first.Name })));
        Assert.Equal("OPERATION_UNKNOWN", scan.Reason);
    }

    private static async Task Store(ComplianceHost host, int first, int count, Func<Decision, Decision> change)
    {
        for (var done = 0; done < count; done += RowsOfABatch)
        {
            var numbers = Enumerable.Range(first + done, Math.Min(RowsOfABatch, count - done));
            var records = numbers.AsParallel().AsOrdered().Select(number => change(Records.Of(number))).ToList();
            await host.Db.Write(async tx =>
            {
                foreach (var record in records)
                    await tx.Execute(Insert, new
                    {
                        Id = Guid.Parse(record.Uid),
                        record.Shipment,
                        Outcome = record.Outcome.ToString().ToUpperInvariant(),
                        ShipDate = new DateOnly(record.ShipDate.Year, record.ShipDate.Month, record.ShipDate.Day),
                        record.Facts.Item.PartNumber,
                        record.Facts.DestinationCountry,
                        CreatedAt = record.CreateTime.ToDateTimeOffset(),
                        Body = record.ToByteArray(),
                    });
            });
        }
    }

    private static double PeakMegabytes()
    {
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        return process.PeakWorkingSet64 / 1e6;
    }
}
