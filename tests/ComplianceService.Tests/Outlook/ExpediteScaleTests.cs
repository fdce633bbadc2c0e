using System.Diagnostics;
using System.Globalization;
using OrderTracking.Compliance.V1;
using OrderTracking.ComplianceService.Rules;
using OrderTracking.ComplianceService.Screening;
using OrderTracking.ComplianceService.Shipments;
using OrderTracking.ComplianceService.Tests.Screening;
using OrderTracking.ComplianceService.Tests.Service;
using Xunit;
using OutlookApi = OrderTracking.Compliance.V1.OutlookService;

namespace OrderTracking.ComplianceService.Tests.Outlook;

/// <summary>
/// The list among many open shipments: ORDERTRACKING_SHIPMENTS of them (100,000 in the long form), half of them to be expedited, of 500 buyers.
/// </summary>
public sealed class ExpediteScaleTests
{
    private const int BatchRows = 2_000;
    private static readonly int Shipments =
        int.Parse(Environment.GetEnvironmentVariable("ORDERTRACKING_SHIPMENTS") ?? "2000", CultureInfo.InvariantCulture);

    [Fact]
    public async Task The_list_answers_quickly_among_many_open_shipments()
    {
        await using var host = await ComplianceHost.Start("2023-10-18T18:00:00Z");
        var version = await host.Db.Read(async tx => (await ((Knowledge)host.Services.GetService(typeof(Knowledge))!).Current(tx)).Version);
        foreach (var batch in Enumerable.Range(0, Shipments).Chunk(BatchRows))
            await host.Db.Write(async tx =>
            {
                foreach (var number in batch)
                    await ShipmentStore.Insert(tx, Shipment(number, version));
            });
        var planner = host.As<OutlookApi.OutlookServiceClient>("erp", "caller");
        await planner.ListExpeditableAsync(new ListExpeditableRequest());

        var started = Stopwatch.GetTimestamp();
        var answer = await planner.ListExpeditableAsync(new ListExpeditableRequest { PageSize = 1_000 });
        var elapsed = Stopwatch.GetElapsedTime(started);

        TestContext.Current.SendDiagnosticMessage($"{Shipments:N0} open shipments, {answer.TotalSize:N0} to expedite: {elapsed.TotalMilliseconds:N0} ms");
        Assert.Equal(Shipments / 2, answer.TotalSize);
        Assert.True(elapsed < TimeSpan.FromSeconds(30), $"{elapsed}");
    }

    private static KnownShipment Shipment(int number, long version)
    {
        var isLate = number % 2 == 0;
        var facts = Pack.Shipment(new(isLate ? "H800-SXM5" : "L4"), "CN", "2023-12-01") with
        {
            Parties = [Pack.EndUser("CN", string.Create(CultureInfo.InvariantCulture, $"Buyer {number % 1_000}"))],
            Quantity = 100 + number,
            Value = new DeclaredValue("USD", 1_000 + number, 0),
        };
        return new KnownShipment
        {
            Id = Guid.CreateVersion7(Pack.StartOf("2023-10-18").AddMilliseconds(number)),
            OrderId = Guid.CreateVersion7(Pack.StartOf("2023-10-18").AddMilliseconds(number)),
            Sequence = 1,
            Revision = 1,
            ScreenedRevision = 1,
            Phase = ShipmentPhase.Open,
            Facts = facts,
            Outcome = isLate ? "BLOCKED" : "CLEARED",
            Standing = isLate ? "BLOCKED" : "READY",
            KnownVersion = version,
        };
    }
}
