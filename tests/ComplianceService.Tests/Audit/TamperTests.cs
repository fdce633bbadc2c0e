using Dapper;
using OrderTracking.AuditTrail;
using OrderTracking.ComplianceService.Audit.Chain;
using OrderTracking.ComplianceService.Audit.Checkpoints;
using OrderTracking.ComplianceService.Audit.Verification;
using OrderTracking.ComplianceService.Tests.Service;
using Xunit;

namespace OrderTracking.ComplianceService.Tests.Audit;

/// <summary>What somebody with the database file can do to the trail, and that each is found and located.</summary>
public sealed class TamperTests
{
    [Fact]
    public async Task An_untouched_trail_has_no_findings()
    {
        await using var host = await Tampering.Busy();

        var report = await Tampering.Verify(host);

        Assert.Empty(report.Findings.Listed);
        Assert.Equal(await host.Count("audit_chain"), report.Entries);
        Assert.True(report.Entries > 20, $"{report.Entries} entries");
        Assert.True(report.Records > 5, $"{report.Records} records");
    }

    [Theory]
    [InlineData("actor")]
    [InlineData("action")]
    [InlineData("outcome")]
    [InlineData("detail")]
    [InlineData("subject")]
    [InlineData("shipment")]
    [InlineData("order_name")]
    [InlineData("trace_id")]
    [InlineData("recorded_at")]
    [InlineData("previous_hash")]
    [InlineData("hash")]
    public async Task A_changed_field_of_an_entry_is_found_at_its_place(string column)
    {
        await using var host = await Tampering.Busy();
        await Tampering.Do(host, $"update audit_chain set {column} = {column} || '0' where seq = 7");

        var report = await Tampering.Verify(host);

        Assert.Contains(report.Findings.Listed, finding => finding is { Fault: TrailFault.EntryChanged, Seq: 7 });
        Assert.DoesNotContain(report.Findings.Listed, finding => finding.Fault is TrailFault.LinkBroken or TrailFault.EntryMissing);
    }

    [Fact]
    public async Task A_flipped_byte_of_a_decision_is_found_at_its_entry()
    {
        await using var host = await Tampering.Busy();
        var subject = await host.Db.Read(tx => tx.QueryFirstOrDefault<string>("select subject from audit_chain where kind = 'DECISION' order by seq"));
        var seq = await host.Db.Read(tx => tx.Scalar<long>("select seq from audit_chain where subject = @subject", new { subject }));
        var body = await host.Db.Read(tx => tx.QueryFirstOrDefault<byte[]>("select body from decisions order by seq"));
        body![body.Length / 2] ^= 1;
        await Tampering.Do(host, "update decisions set body = @body where seq = (select min(seq) from decisions)", new { body });

        var finding = Assert.Single((await Tampering.Verify(host)).Findings.Listed);

        Assert.Equal((TrailFault.RecordChanged, seq, subject), (finding.Fault, finding.Seq, finding.Subject));
    }

    [Fact]
    public async Task A_removed_entry_is_found_at_its_place()
    {
        await using var host = await Tampering.Busy();
        var gone = await host.Db.Read(tx => tx.Scalar<long>("select min(seq) from audit_chain where kind = 'SIGN_IN' and seq > 3"));
        await Tampering.Do(host, "delete from audit_chain where seq = @gone", new { gone });

        var finding = Assert.Single((await Tampering.Verify(host)).Findings.Listed);

        Assert.Equal((TrailFault.EntryMissing, gone), (finding.Fault, finding.Seq));
    }

    [Fact]
    public async Task A_removed_entry_whose_followers_moved_up_is_found_where_the_chain_breaks()
    {
        await using var host = await Tampering.Busy();
        await Tampering.Do(host, "delete from audit_chain where seq = 9; update audit_chain set seq = -(seq - 1) where seq > 9; update audit_chain set seq = -seq where seq < 0");

        var report = await Tampering.Verify(host);

        Assert.Contains(report.Findings.Listed, finding => finding is { Fault: TrailFault.EntryChanged, Seq: 9 });
        Assert.Contains(report.Findings.Listed, finding => finding.Fault == TrailFault.TailCut);
        Assert.DoesNotContain(report.Findings.Listed, finding => finding is { Seq: > 0 and < 9 });
    }

    [Fact]
    public async Task A_swapped_pair_is_found_at_its_places()
    {
        await using var host = await Tampering.Busy();
        await Tampering.Do(host, "update audit_chain set seq = -5 where seq = 5; update audit_chain set seq = 5 where seq = 8; update audit_chain set seq = 8 where seq = -5");

        var findings = (await Tampering.Verify(host)).Findings.Listed;

        var swapped = Assert.Single(findings, finding => finding.Fault == TrailFault.EntriesSwapped);
        Assert.Equal(5, swapped.Seq);
        Assert.Contains("5 and 8", swapped.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain(findings, finding => finding.Fault is TrailFault.EntryChanged or TrailFault.LinkBroken);
    }

    [Theory]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    [InlineData(false, false, true)]
    public async Task A_cut_tail_is_found_by_head_checkpoint_or_expected_length(bool headStays, bool checkpointStays, bool isExpected)
    {
        await using var host = await Tampering.Busy();
        await host.Db.Write(tx => CheckpointStore.Make(tx, host.Clock.GetUtcNow()));
        var last = await host.Count("audit_chain");
        await Tampering.Do(host, "delete from audit_chain where seq > @keep", new { keep = last - 2 });
        if (!headStays)
            await Tampering.Do(host, "update audit_heads set seq = @keep, hash = (select hash from audit_chain where seq = @keep)", new { keep = last - 2 });
        if (!checkpointStays)
            await Tampering.Do(host, "delete from audit_checkpoints");

        var report = await Tampering.Verify(host, isExpected ? last : 0);

        Assert.Contains(report.Findings.Listed, finding => finding.Fault == TrailFault.TailCut && finding.Seq == last - 1);
    }

    [Fact]
    public async Task A_decision_that_is_in_no_entry_is_named()
    {
        await using var host = await Tampering.Busy();
        await Tampering.Do(host, """
            insert into decisions (decision_id, shipment, number, occasion, outcome, ship_date, part_number, destination_country, created_at, body)
            select '00000000-0000-7000-8000-000000000001', shipment, 99, occasion, outcome, ship_date, part_number, destination_country, created_at, body
            from decisions where seq = 1
            """);

        var finding = Assert.Single((await Tampering.Verify(host)).Findings.Listed);

        Assert.Equal((TrailFault.RecordNotInChain, "decisions/00000000-0000-7000-8000-000000000001"), (finding.Fault, finding.Subject));
    }

    [Theory]
    [InlineData("delete from decisions where seq = 1", TrailFault.RecordMissing)]
    [InlineData("delete from holds where seq = 1", TrailFault.RecordMissing)]
    [InlineData("update holds set reason = 'OTHER' where seq = 1", TrailFault.RecordChanged)]
    [InlineData("update amendments set note = 'nobody said so' where seq = 1", TrailFault.RecordChanged)]
    [InlineData("delete from audit_payloads where seq = (select min(seq) from audit_payloads)", TrailFault.RecordMissing)]
    [InlineData("update audit_payloads set body = body || ' ' where seq = (select min(seq) from audit_payloads)", TrailFault.RecordChanged)]
    internal async Task A_changed_record_is_found(string sql, TrailFault fault)
    {
        await using var host = await Tampering.Busy();
        await Tampering.Do(host, "drop trigger amendments_are_never_edited");
        await Tampering.Do(host, sql);

        var findings = (await Tampering.Verify(host)).Findings.Listed;

        Assert.NotEmpty(findings);
        Assert.All(findings, finding => Assert.Equal(fault, finding.Fault));
        Assert.All(findings, finding => Assert.NotEmpty(finding.Subject));
    }

    [Fact]
    public async Task A_chain_rewritten_whole_and_consistently_is_caught_by_an_anchor_only()
    {
        await using var host = await Tampering.Busy();
        var head = await host.Db.Read(AuditChain.Head);
        var anchor = new Anchor(head.Seq, head.Hash, "", host.Clock.GetUtcNow());
        await Forge(host, 6, entry => entry with { Actor = "somebody else" });

        Assert.Empty((await Tampering.Verify(host)).Findings.Listed);
        var finding = Assert.Single((await Tampering.Verify(host, 0, anchor)).Findings.Listed);
        Assert.Equal((TrailFault.AnchorDiffers, head.Seq), (finding.Fault, finding.Seq));
    }

    [Fact]
    public async Task An_entry_that_names_something_else_does_not_vouch_for_the_decision_of_that_id()
    {
        await using var host = await Tampering.Busy();
        var entry = (await host.Db.Read(tx => ChainRows.Range(tx, 1, long.MaxValue))).First(row => row.Kind == "DECISION");
        var other = entry.Subject.Replace("decisions/", "drafts/", StringComparison.Ordinal);
        await Forge(host, entry.Seq, forged => forged with { Subject = other });

        Assert.Equal(
            [(TrailFault.RecordMissing, entry.Seq, other), (TrailFault.RecordNotInChain, 0, entry.Subject)],
            (await Tampering.Verify(host)).Findings.Listed.Select(finding => (finding.Fault, finding.Seq, finding.Subject)));
    }

    [Fact]
    public async Task A_chain_rewritten_but_for_its_checkpoint_is_caught_by_it_and_the_place_is_narrowed_down()
    {
        await using var host = await Tampering.Busy();
        await host.Db.Write(tx => CheckpointStore.Make(tx, host.Clock.GetUtcNow()));
        var size = (await host.Db.Read(CheckpointStore.Last))!.Size;
        await Forge(host, 6, entry => entry with { Actor = "somebody else" }, checkpointsToo: false);

        var finding = Assert.Single((await Tampering.Verify(host)).Findings.Listed);

        Assert.Equal((TrailFault.CheckpointDiffers, size), (finding.Fault, finding.Seq));
        Assert.Contains($"from 1 to {size}", finding.Detail, StringComparison.Ordinal);
    }

    /// <summary>Changes one entry and hashes everything behind it again, head and all.</summary>
    private static async Task Forge(ComplianceHost host, long seq, Func<ChainEntry, ChainEntry> change, bool checkpointsToo = true)
    {
        var entries = (await host.Db.Read(tx => ChainRows.Range(tx, 1, long.MaxValue))).Select(row => row.ToEntry()).ToList();
        var previous = EntryHash.Genesis;
        foreach (var entry in entries)
        {
            var forged = (entry.Seq == seq ? change(entry) : entry) with { PreviousHash = previous };
            previous = EntryHash.Of(forged);
            await Tampering.Do(
                host, "update audit_chain set actor = @Actor, subject = @Subject, previous_hash = @PreviousHash, hash = @Hash where seq = @Seq",
                forged with { Hash = previous });
        }

        await Tampering.Do(host, "update audit_heads set hash = @previous", new { previous });
        if (checkpointsToo)
            await Tampering.Do(host, "delete from audit_checkpoints");
    }
}
