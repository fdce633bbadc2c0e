using Google.LongRunning;
using OrderTracking.AuditTrail;
using OrderTracking.Compliance.V1;
using OrderTracking.ComplianceService.Audit.Anchoring;
using OrderTracking.ComplianceService.Tests.Service;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using AuditApi = OrderTracking.Compliance.V1.AuditService;

namespace OrderTracking.ComplianceService.Tests.Audit;

public sealed class AuditServiceTests
{
    [Fact]
    public async Task A_verification_runs_as_an_operation_and_says_where_the_trail_was_changed()
    {
        await using var host = await Tampering.Busy();
        var ulla = Ulla(host);

        var intact = await Verified(host, await ulla.VerifyAuditTrailAsync(new VerifyAuditTrailRequest()));
        await Tampering.Do(host, "update audit_chain set actor = 'x' where seq = 4");
        var changed = await Verified(host, await ulla.VerifyAuditTrailAsync(new VerifyAuditTrailRequest { FirstEntry = 2, LastEntry = 6 }));

        Assert.True(intact.Intact);
        Assert.Equal((false, 2, 6, 0), (changed.Intact, changed.FirstEntry, changed.LastEntry, changed.Records));
        Assert.Equal(("ENTRY_CHANGED", 4), (changed.Findings[0].Fault, changed.Findings[0].Seq));
    }

    [Fact]
    public async Task A_head_written_down_is_held_against_the_chain()
    {
        await using var host = await Tampering.Busy();
        var ulla = Ulla(host);
        var head = await ulla.GetAuditHeadAsync(new GetAuditHeadRequest());
        var request = new VerifyAuditTrailRequest { AnchorEntry = head.Seq, AnchorHash = head.Hash };

        var agrees = await Verified(host, await ulla.VerifyAuditTrailAsync(request));
        request.AnchorHash = EntryHash.Genesis;
        var differs = await Verified(host, await ulla.VerifyAuditTrailAsync(request));

        Assert.True(agrees.Intact);
        Assert.Equal(("ANCHOR_DIFFERS", head.Seq), (Assert.Single(differs.Findings).Fault, differs.Findings[0].Seq));
    }

    [Theory]
    [InlineData(-1, 0, 0, "", "AUDIT_RANGE_INVALID")]
    [InlineData(5, 4, 0, "", "AUDIT_RANGE_INVALID")]
    [InlineData(0, 0, 3, "", "ANCHOR_INVALID")]
    [InlineData(0, 0, 0, "abc", "ANCHOR_INVALID")]
    public async Task A_verification_of_nothing_is_refused(long first, long last, long anchor, string hash, string reason)
    {
        await using var host = await ComplianceHost.Start("2025-06-01T12:00:00Z");
        var request = new VerifyAuditTrailRequest { FirstEntry = first, LastEntry = last, AnchorEntry = anchor, AnchorHash = hash };

        Assert.Equal(reason, (await Refused.By(async () => await Ulla(host).VerifyAuditTrailAsync(request))).Reason);
    }

    [Fact]
    public async Task Entries_are_listed_by_actor_and_action_page_by_page()
    {
        await using var host = await Tampering.Busy();
        var request = new ListAuditEntriesRequest { Filter = "actor = olga", PageSize = 2 };

        var first = await Ulla(host).ListAuditEntriesAsync(request);
        request.PageToken = first.NextPageToken;
        var second = await Ulla(host).ListAuditEntriesAsync(request);

        Assert.All(first.AuditEntries.Concat(second.AuditEntries), entry => Assert.Equal("olga", entry.Actor));
        Assert.Equal(4, first.AuditEntries.Concat(second.AuditEntries).DistinctBy(entry => entry.Seq).Count());
        var published = await Ulla(host).ListAuditEntriesAsync(new ListAuditEntriesRequest { Filter = "kind = AMENDMENT AND outcome = PUBLISHED" });
        Assert.Equal("rules/T-BUSY/amendments/1", Assert.Single(published.AuditEntries).Subject);
        Assert.Equal(
            "FILTER_INVALID",
            (await Refused.By(async () => await Ulla(host).ListAuditEntriesAsync(new ListAuditEntriesRequest { Filter = "hash = x" }))).Reason);
    }

    [Fact]
    public async Task The_head_is_written_to_the_anchor_file_and_a_forged_chain_is_seen_at_the_next_look()
    {
        var directory = Directory.CreateTempSubdirectory("anchors-").FullName;
        var path = Path.Combine(directory, "anchors.jsonl");
        await using var host = await Tampering.Busy(
            ("Compliance:Audit:AnchorFile", path), ("Compliance:Audit:AnchorInterval", "00:00:01"), ("Compliance:Audit:CheckpointEntries", "5"));
        var keeper = host.Services.GetRequiredService<AnchorKeeper>();
        await keeper.Write(TestContext.Current.CancellationToken);
        var anchors = Anchor.ReadAll(await File.ReadAllTextAsync(path));
        Assert.Equal((await Ulla(host).GetAuditHeadAsync(new GetAuditHeadRequest())).CheckpointSize, anchors[^1].Seq);

        await Tampering.Do(host, "update audit_chain set hash = @hash where seq = @seq", new { hash = EntryHash.Genesis, seq = anchors[^1].Seq });
        await keeper.Write(TestContext.Current.CancellationToken);

        Assert.NotEmpty((await Ulla(host).GetAuditHeadAsync(new GetAuditHeadRequest())).AnchorMismatch);
        Assert.Equal(anchors.Count, Anchor.ReadAll(await File.ReadAllTextAsync(path)).Count);
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task An_auditor_writes_nothing()
    {
        await using var host = await ComplianceHost.Start("2025-06-01T12:00:00Z");
        var ulla = Ulla(host);

        foreach (var call in (Func<Task>[])
        [
            async () => await ulla.PlaceLegalHoldAsync(new PlaceLegalHoldRequest()),
            async () => await ulla.LiftLegalHoldAsync(new LiftLegalHoldRequest()),
            async () => await ulla.RecordRetentionEventAsync(new RecordRetentionEventRequest()),
            async () => await ulla.PurgeRecordsAsync(new PurgeRecordsRequest()),
        ])
            Assert.Equal("ROLE_NOT_ALLOWED", (await Refused.By(async () => { await call(); return true; })).Reason);
    }

    private static AuditApi.AuditServiceClient Ulla(ComplianceHost host) => host.As<AuditApi.AuditServiceClient>("ulla", "auditor");

    private static async Task<VerifyAuditTrailResponse> Verified(ComplianceHost host, Operation operation)
    {
        var operations = host.As<Operations.OperationsClient>("ulla", "auditor");
        var done = await ComplianceHost.Eventually(
            async () => await operations.GetOperationAsync(new GetOperationRequest { Name = operation.Name }) is { Done: true } ended ? ended : null,
            $"{operation.Name} is done");
        return done.Response.Unpack<VerifyAuditTrailResponse>();
    }
}
