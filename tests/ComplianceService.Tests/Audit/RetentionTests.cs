using OrderTracking.Compliance.V1;
using OrderTracking.ComplianceService.Tests.Service;
using OrderTracking.EvidenceVerifier;
using Xunit;
using AuditApi = OrderTracking.Compliance.V1.AuditService;

namespace OrderTracking.ComplianceService.Tests.Audit;

public sealed class RetentionTests
{
    [Fact]
    public async Task Records_are_kept_five_years_from_the_latest_of_export_reexport_and_end_of_the_deal()
    {
        await using var host = await ComplianceHost.Start("2025-06-01T12:00:00Z");
        var goods = await Gone(host, leave: false);
        Assert.Equal(("", null), await Term(host, goods));

        await Leave(host, goods);
        Assert.Equal(("EXPORT", "2030-06-01"), await Term(host, goods));
        host.Clock.Set(ComplianceHost.At("2026-03-01T12:00:00Z"));
        await Record(host, goods, "REEXPORT", "2026-02-03");
        Assert.Equal(("REEXPORT", "2031-02-03"), await Term(host, goods));
        await Record(host, goods, "END_OF_DEAL", "2026-01-01");
        Assert.Equal(("REEXPORT", "2031-02-03"), await Term(host, goods));
    }

    [Theory]
    [InlineData("END_OF_DEAL")]
    [InlineData("REEXPORT")]
    public async Task What_staff_enter_about_goods_that_can_still_leave_lets_nobody_erase_their_records(string kind)
    {
        await using var host = await ComplianceHost.Start("2025-06-01T12:00:00Z");
        var goods = await Gone(host, leave: false);
        await Record(host, goods, kind, "2015-01-01");

        Assert.Equal(("", null), await Term(host, goods));
        Assert.Equal("RETENTION_NOT_OVER", await PurgeRefused(host, goods));
    }

    [Fact]
    public async Task Records_whose_time_is_over_are_erased_and_the_trail_still_verifies()
    {
        await using var host = await ComplianceHost.Start("2025-06-01T12:00:00Z");
        var goods = await Gone(host);
        host.Clock.Set(ComplianceHost.At("2030-06-01T12:00:00Z"));
        Assert.Equal("RETENTION_NOT_OVER", await PurgeRefused(host, goods));
        host.Clock.Set(ComplianceHost.At("2030-06-03T12:00:00Z"));

        Assert.True((await Counsel(host).PurgeRecordsAsync(new PurgeRecordsRequest { Shipment = goods.Name })).Erased);

        Assert.Equal((0, 1), (await host.Count("decisions", $"shipment = '{goods.Name}'"), await host.Count("audit_chain", "kind = 'PURGE'")));
        Assert.Empty((await Tampering.Verify(host)).Findings.Listed);
        Assert.Equal("RECORDS_ERASED", await PurgeRefused(host, goods));
        Assert.Equal(1, await host.Count("audit_chain", "outcome = 'RETENTION_NOT_OVER'"));
        var left = await host.As<AuditApi.AuditServiceClient>("ulla", "auditor").ExportEvidenceAsync(new ExportEvidenceRequest { Shipment = goods.Name });
        Assert.All(VerifyEvidence.Run(left.Json.ToStringUtf8(), null), check => Assert.True(check.Passed, check.ToString()));
    }

    [Fact]
    public async Task What_says_it_was_erased_without_an_entry_is_a_finding()
    {
        await using var host = await ComplianceHost.Start("2025-06-01T12:00:00Z");
        var goods = await Gone(host);
        await Tampering.Do(
            host,
            "insert into erased_records select 'decisions/' || decision_id, shipment, created_at from decisions where shipment = @Name; delete from decisions where shipment = @Name",
            new { goods.Name });

        Assert.NotEmpty((await Tampering.Verify(host)).Findings.Listed);
    }

    [Fact]
    public async Task A_legal_hold_keeps_records_whatever_the_day_and_two_people_lift_it()
    {
        await using var host = await ComplianceHost.Start("2025-06-01T12:00:00Z");
        var goods = await Gone(host);
        var placed = await Counsel(host).PlaceLegalHoldAsync(new PlaceLegalHoldRequest { Shipment = goods.Name, Reason = "subpoena" });
        host.Clock.Set(ComplianceHost.At("2031-01-01T12:00:00Z"));

        Assert.Equal("RECORDS_UNDER_LEGAL_HOLD", await PurgeRefused(host, goods));
        var lift = new LiftLegalHoldRequest { Name = placed.Name, Note = "the case is closed" };
        Assert.Equal(LegalHold.Types.State.LiftProposed, (await Counsel(host).LiftLegalHoldAsync(lift)).State);
        Assert.Equal("SAME_PERSON", (await Refused.By(async () => await Counsel(host).LiftLegalHoldAsync(lift))).Reason);
        var alias = host.As<AuditApi.AuditServiceClient>("Carl ", "counsel");
        Assert.Equal("SAME_PERSON", (await Refused.By(async () => await alias.LiftLegalHoldAsync(lift))).Reason);
        Assert.Equal("RECORDS_UNDER_LEGAL_HOLD", await PurgeRefused(host, goods));
        Assert.Equal(LegalHold.Types.State.Lifted, (await Officer(host).LiftLegalHoldAsync(lift)).State);
        Assert.Equal("LEGAL_HOLD_ALREADY_LIFTED", (await Refused.By(async () => await Officer(host).LiftLegalHoldAsync(lift))).Reason);
        Assert.True((await Counsel(host).PurgeRecordsAsync(new PurgeRecordsRequest { Shipment = goods.Name })).Erased);
    }

    [Fact]
    public async Task Retention_refuses_what_is_wrong()
    {
        await using var host = await ComplianceHost.Start("2025-06-01T12:00:00Z");
        var goods = await Gone(host);
        var counsel = Counsel(host);
        var nobody = $"shipments/{Guid.CreateVersion7():D}";
        var hold = new PlaceLegalHoldRequest { Shipment = goods.Name, Reason = "subpoena" };
        var placed = await counsel.PlaceLegalHoldAsync(hold);

        Assert.Equal("LEGAL_HOLD_ALREADY_PLACED", await By(async () => await counsel.PlaceLegalHoldAsync(hold)));
        Assert.Equal("SHIPMENT_UNKNOWN", await By(async () => await counsel.PlaceLegalHoldAsync(new PlaceLegalHoldRequest { Shipment = nobody, Reason = "x" })));
        Assert.Equal("SHIPMENT_UNKNOWN", await By(async () => await counsel.GetRetentionAsync(new GetRetentionRequest { Shipment = nobody })));
        Assert.Equal("SHIPMENT_UNKNOWN", await By(async () => await counsel.ExportEvidenceAsync(new ExportEvidenceRequest { Shipment = nobody })));
        Assert.Equal("SHIPMENT_UNKNOWN", await By(async () => await counsel.PurgeRecordsAsync(new PurgeRecordsRequest { Shipment = nobody })));
        Assert.Equal("NAME_INVALID", await By(async () => await counsel.GetRetentionAsync(new GetRetentionRequest { Shipment = "x" })));
        Assert.Equal("LEGAL_HOLD_UNKNOWN", await By(async () => await counsel.LiftLegalHoldAsync(
            new LiftLegalHoldRequest { Name = $"legalHolds/{Guid.CreateVersion7():D}", Note = "x" })));
        Assert.Equal("ETAG_MISMATCH", await By(async () => await counsel.LiftLegalHoldAsync(
            new LiftLegalHoldRequest { Name = placed.Name, Note = "x", Etag = "\"7\"" })));
        Assert.Equal("RETENTION_DATE_IN_FUTURE", await By(async () => await Record(host, goods, "REEXPORT", "2027-01-01")));
        Assert.Equal("RETENTION_KIND_UNKNOWN", await By(async () => await Record(host, goods, "LOST", "2025-01-01")));
        Assert.Equal("SEVERAL_FIELDS_INVALID", await By(async () => await counsel.RecordRetentionEventAsync(new RecordRetentionEventRequest())));
    }

    private static async Task<string> By<T>(Func<Task<T>> call) => (await Refused.By(call)).Reason;

    private static Task<string> PurgeRefused(ComplianceHost host, Goods goods) =>
        By(async () => await Counsel(host).PurgeRecordsAsync(new PurgeRecordsRequest { Shipment = goods.Name }));

    private static async Task<Goods> Gone(ComplianceHost host, bool leave = true)
    {
        var goods = await Goods.Plan(host, "H20", "2025-06-01", "SG");
        await goods.Stands("READY");
        if (leave)
            await Leave(host, goods);
        return goods;
    }

    private static async Task Leave(ComplianceHost host, Goods goods)
    {
        await goods.Authorize();
        await goods.Depart("2025-06-01");
        await ComplianceHost.Eventually(
            async () => await host.Count("shipments", "phase = 'DEPARTED'") == 1 ? "gone" : null, "the goods have departed");
    }

    private static async Task<(string By, string? Until)> Term(ComplianceHost host, Goods goods)
    {
        var term = await Counsel(host).GetRetentionAsync(new GetRetentionRequest { Shipment = goods.Name });
        return (term.DeterminedBy, term.RetainUntil is { } day ? $"{day.Year:D4}-{day.Month:D2}-{day.Day:D2}" : null);
    }

    private static async Task<Retention> Record(ComplianceHost host, Goods goods, string kind, string date) =>
        await Counsel(host).RecordRetentionEventAsync(new RecordRetentionEventRequest
        {
            Shipment = goods.Name, Kind = kind, EventDate = Goods.WireDay(Goods.Day(date)), Note = "as the buyer told us",
        });

    private static AuditApi.AuditServiceClient Counsel(ComplianceHost host) => host.As<AuditApi.AuditServiceClient>("carl", "counsel");

    private static AuditApi.AuditServiceClient Officer(ComplianceHost host) => host.As<AuditApi.AuditServiceClient>("olga", "officer");
}
